// Every page works without this; with it forms save themselves and the components come alive.
import { initAll } from "./govuk-frontend.min.js";
import { startAutosave } from "./autosave.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
startAutosave();
