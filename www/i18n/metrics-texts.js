/** The texts of the classification views, which other stages show too. */
import { loadTexts } from "./index.js";

await loadTexts({ en: () => import("./en/metrics-views.js"), zh: () => import("./zh/metrics-views.js") });
