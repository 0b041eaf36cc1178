// Reads a part of the page aloud with the browser's own Vietnamese voice, where it has one.
(() => {
    "use strict";
    const speech = window.speechSynthesis, button = document.querySelector("[data-aloud]");
    if (!button) return;
    const none = document.querySelector("[data-no-voice]"), words = button.textContent;
    const voice = () => speech.getVoices().find((one) => /^vi\b/i.test(one.lang));
    const show = () => {
        button.hidden = !voice();
        none.hidden = !button.hidden;
    };
    if (!speech) {
        none.hidden = false;
        return;
    }
    show();
    speech.addEventListener("voiceschanged", show); // Chrome knows its voices only after a while
    const stop = () => {
        speech.cancel();
        button.textContent = words;
    };
    button.addEventListener("click", () => {
        if (speech.speaking) return stop();
        // Sentence by sentence: some browsers fall silent after fifteen seconds of one.
        const text = document.querySelector(button.dataset.aloud).innerText;
        const parts = text.match(/[^.!?\n]+[.!?]*/g) || [];
        parts.forEach((part, place) => {
            const said = new SpeechSynthesisUtterance(part.trim());
            said.voice = voice();
            said.lang = "vi-VN";
            said.rate = 0.9;
            if (place === parts.length - 1) said.onend = stop;
            speech.speak(said);
        });
        button.textContent = button.dataset.stop;
    });
    addEventListener("pagehide", () => speech.cancel());
})();
