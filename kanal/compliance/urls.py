from django.urls import path

from kanal.compliance import views

app_name = "compliance"
urlpatterns = [
    path("", views.board, name="board"),
    path("cetak/", views.paper, name="paper"),
    path("papan.xlsx", views.sheet, name="sheet"),
]
