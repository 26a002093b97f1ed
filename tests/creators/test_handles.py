import pytest

from creators.logic.handles import NotAHandle, clean_handle


@pytest.mark.parametrize(
    ("text", "platform", "handle"),
    [
        ("stefan21_za", "tiktok", "stefan21_za"),
        ("__.yosan.__", "tiktok", "__.yosan.__"),
        (" @Anna.B ", "instagram", "anna.b"),
        ("ANNA", "x", "anna"),
        ("@@anna", "x", "anna"),
        ("@ anna", "x", "anna"),
        (" '@anna", "x", "anna"),
        ("' @anna", "x", "anna"),
        ("a" * 120, "tiktok", "a" * 120),
        ("A" * 120, "tiktok", "a" * 120),
        ("＠ａｎｎａ", "instagram", "anna"),
        ("an\u200bna", "instagram", "anna"),
        ("https://www.tiktok.com/@Name?lang=en", "tiktok", "name"),
        ("tiktok.com/@name/", "tiktok", "name"),
        ("instagram.com/name/", "instagram", "name"),
        ("HTTPS://INSTAGRAM.COM/Name", "instagram", "name"),
        ("http://m.instagram.com/name/?hl=en#x", "instagram", "name"),
        ("https://www.youtube.com/@handle", "youtube", "handle"),
        ("https://youtube.com/@handle/videos", "youtube", "handle"),
        ("https://www.youtube.com/channel/UCabc_123-XYZ", "youtube", "ucabc_123-xyz"),
        ("youtube.com/c/Name", "youtube", "name"),
        ("https://youtube.com/user/Name", "youtube", "name"),
        ("https://uk.linkedin.com/in/anna-b/", "linkedin", "anna-b"),
        ("https://twitter.com/anna", "x", "anna"),
        ("x.com/anna", "x", "anna"),
        ("https://www.pinterest.co.uk/anna/", "pinterest", "anna"),
        ("https://anna.substack.com", "newsletter", "anna"),
        ("anna.substack.com", "newsletter", "anna"),
        ("https://substack.com/@anna", "newsletter", "anna"),
        ("https://www.substack.com/@anna", "newsletter", "anna"),
        ("morningbrew.com", "newsletter", "morningbrew.com"),
        ("https://www.youtube.com/@%D0%B0%D0%BD%D0%BD%D0%B0", "youtube", "анна"),
    ],
)
def test_handles_as_people_paste_them(text, platform, handle):
    assert clean_handle(text, platform).handle == handle


@pytest.mark.parametrize(
    ("text", "platform", "said"),
    [
        ("", "tiktok", "missing"),
        (" @ ", "tiktok", "missing"),
        ("anna b", "tiktok", "no spaces"),
        ("a" * 121, "tiktok", "121 characters"),
        ("İ" * 100, "youtube", "200 characters"),
        ("anna😀", "tiktok", "letters, digits"),
        ("\u0430nna", "instagram", "no Latin letter"),
        ("2026-05-05", "instagram", "This is a day"),
        ("=cmd()", "tiktok", "letters, digits"),
        ("anna@example.com", "tiktok", "e-mail"),
        ("https://www.instagram.com/name/", "tiktok", "on TikTok"),
        ("https://instagram.com/p/Cxyz/", "instagram", "on Instagram"),
        ("https://instagram.com/reel/", "instagram", "on Instagram"),
        ("https://www.tiktok.com/@name/video/123", "tiktok", "on TikTok"),
        ("https://instagram.com/Explore/", "instagram", "on Instagram"),
        ("https://vm.tiktok.com/ZM1/", "tiktok", "on TikTok"),
        ("https://vt.tiktok.com/ZM1/", "tiktok", "on TikTok"),
        ("https://www.tiktok.com/", "tiktok", "on TikTok"),
        ("tiktok.com", "tiktok", "on TikTok"),
        ("TikTok.com", "tiktok", "on TikTok"),
        ("ftp://tiktok.com/@name", "tiktok", "on TikTok"),
        ("www.morningbrew.com", "newsletter", "on Newsletter"),
        ("https://nottiktok.com/@name", "tiktok", "on TikTok"),
        ("https://tiktok.com.evil.example/@name", "tiktok", "on TikTok"),
        ("https://example.com/anna", "podcast", "on Podcast"),
        ("mailto:anna@example.com", "instagram", "on Instagram"),
        ("javascript:alert(1)", "instagram", "on Instagram"),
        ("https://[broken", "instagram", "on Instagram"),
        ("https://youtu.be/xyz", "youtube", "on YouTube"),
        ("https://x.com/anna/status/1", "x", "on X"),
    ],
)
def test_what_is_no_handle_is_refused_in_words(text, platform, said):
    with pytest.raises(NotAHandle, match=said):
        clean_handle(text, platform)


def test_what_was_cleaned_is_said():
    assert clean_handle("@anna", "x").cleaned == "the @ was left out"
    assert clean_handle("x.com/anna", "x").cleaned == "taken from the address x.com/anna"
    assert clean_handle("anna", "x").cleaned == ""
