"use strict";

// Loads the page again when the data behind it change.
{
  const place = new URL("preview-state", document.currentScript.src);
  let shown;
  setInterval(async () => {
    try {
      const state = await (await fetch(place)).text();
      if (shown !== undefined && state !== shown) location.reload();
      shown = state;
    } catch {
      // The preview is stopped; it may come back.
    }
  }, 700);
}
