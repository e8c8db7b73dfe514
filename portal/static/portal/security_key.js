// Says it on the page when the browser or the key refuses: without this, only the console would know.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("key-problem").hidden = false;
});
