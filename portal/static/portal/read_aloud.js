// Reads a listing aloud, each part in its own language. Only voices of the device itself: others send the text away.
(() => {
  const button = document.querySelector("[data-read-aloud]");
  const speech = window.speechSynthesis;
  if (!button || !speech) return;
  const [listen, stop] = button.querySelectorAll("span");
  // Where a language is spoken in several ways, the one that its writing goes with.
  const COUNTRIES = { zh: "zh-cn" };
  let last = null;

  const name = (code) => code.toLowerCase().replace("_", "-");
  const language = (code) => name(code).split("-")[0];

  function voiceFor(code) {
    const voices = speech.getVoices().filter((voice) => voice.localService && language(voice.lang) === language(code));
    return voices.find((voice) => name(voice.lang) === COUNTRIES[language(code)]) ?? voices[0];
  }

  function parts() {
    return [...document.querySelectorAll("[data-read]")].flatMap((place) => {
      const text = place.querySelector(".text") ?? place;
      const paragraphs = text.querySelectorAll("p");
      const { lang } = text.closest("[lang]");
      return [...(paragraphs.length ? paragraphs : [text])].map((one) => {
        const words = one.textContent.replace(/\s+/g, " ").trim();
        return { lang, words, voice: voiceFor(lang) };
      });
    }).filter((part) => part.words && part.voice);
  }

  function show(isReading) {
    listen.hidden = isReading;
    stop.hidden = !isReading;
  }

  function silence() {
    last = null;
    speech.cancel();
    show(false);
  }

  function read() {
    speech.cancel();
    const said = parts().map(({ lang, words, voice }) => {
      const utterance = new SpeechSynthesisUtterance(words);
      return Object.assign(utterance, { lang: voice.lang || lang, voice });
    });
    // Kept until it is over: some browsers forget an utterance that nothing holds, and its end is never told.
    last = said.at(-1);
    said.forEach((utterance) => {
      utterance.onerror = () => { if (last === said.at(-1)) silence(); };
    });
    last.onend = () => { if (last === said.at(-1)) silence(); };
    show(true);
    said.forEach((utterance) => speech.speak(utterance));
  }

  // Voices come late in some browsers. Without one for the title there is nothing to press.
  function offer() {
    button.hidden = !voiceFor(document.querySelector("[data-read]").lang);
  }

  button.addEventListener("click", () => (last ? silence() : read()));
  speech.addEventListener?.("voiceschanged", offer);
  window.addEventListener("pagehide", () => speech.cancel());
  offer();
})();
