/* [data-nm-copy="ID"] copies the text of that field, says so in its own words, then sends the form it
   names in data-nm-then: what was copied is being sent. Shown only where this runs. */
(() => {
  const copy = async (field) => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select(); // plain http has no clipboard
      document.execCommand("copy");
    }
  };
  document.querySelectorAll("[data-nm-copy]").forEach((button) => {
    button.hidden = false;
    button.onclick = async () => {
      await copy(document.getElementById(button.dataset.nmCopy));
      button.textContent = button.dataset.nmCopied;
      document.getElementById(button.dataset.nmThen)?.requestSubmit();
    };
  });
})();
