from django.urls import path

from kanal.readings import views

app_name = "readings"
urlpatterns = [
    path("bacaan/<int:pk>/<str:field>.png", views.piece, name="piece"),
]
