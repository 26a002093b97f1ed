// The readable source of snippet.js, which says the same in fewer bytes; change both.
//
// It runs on the shop's own pages. It keeps where a visitor came from (utm_* and the click id) for 30 days in the
// shop's own storage and writes it into the cart, from which Shopify copies it onto the order. It keeps nothing about
// the person, sends nothing to anybody but the shop, and does nothing for those who ask not to be tracked.
(function (window, document) {
  var KEY = "troupe";
  var LIFE = 30 * 24 * 60 * 60 * 1000;
  var NAMES = ["utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "utm_id", "tclid"];
  if (window.navigator.globalPrivacyControl || window.navigator.doNotTrack === "1") return;

  // Local storage, or a cookie of the page's own site where the browser refuses it.
  function read() {
    try {
      return JSON.parse(window.localStorage.getItem(KEY));
    } catch (refused) {
      var found = document.cookie.match("(?:^|; )" + KEY + "=([^;]*)");
      return found && JSON.parse(decodeURIComponent(found[1]));
    }
  }
  function write(kept) {
    var text = JSON.stringify(kept);
    try {
      window.localStorage.setItem(KEY, text);
    } catch (refused) {
      document.cookie = KEY + "=" + encodeURIComponent(text) + ";path=/;max-age=2592000;samesite=lax";
    }
  }
  function cart() {
    return (document.cookie.match("(?:^|; )cart=([^;]*)") || [])[1] || "";
  }

  // The latest landing that says where it came from replaces the one before.
  var landing = new URLSearchParams(window.location.search);
  var values = {};
  var any = false;
  NAMES.forEach(function (name) {
    values[name] = (landing.get(name) || "").slice(0, 200);
    if (values[name]) any = true;
  });
  var kept;
  try {
    kept = any ? { values: values, at: Date.now() } : read();
  } catch (damaged) {}
  if (!kept || !kept.values || !(Date.now() - kept.at < LIFE)) return;
  if (any) write(kept);

  // Once for each cart: a finished order takes its attributes along, and the next cart begins without any.
  if (kept.cart === cart() && kept.cart !== undefined) return;
  var root = (window.Shopify && window.Shopify.routes && window.Shopify.routes.root) || "/";
  window
    .fetch(root + "cart/update.js", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ attributes: kept.values }),
    })
    .then(function (answer) {
      if (!answer.ok) return;
      kept.cart = cart();
      write(kept);
    })
    .catch(function () {});
})(window, document);
