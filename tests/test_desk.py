def test_today_asks_strangers_to_sign_in(stranger):
    response = stranger.get("/")

    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/"


def test_health_answers_ok(stranger):
    response = stranger.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
