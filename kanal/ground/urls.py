from django.urls import path

from kanal.ground import views

urlpatterns = [path("sehat", views.sehat, name="sehat")]
