// Everything except passkeys works without this file. It makes some things quicker or easier.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
  Tabs,
  createAll,
} from "govuk-frontend";
import { copyButtons } from "./copy.js";
import { passkeyForms } from "./passkey.js";
import { scrollRegions } from "./scroll.js";
import { sessionWarning } from "./session.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink, Tabs]) {
  createAll(component);
}
copyButtons(document);
passkeyForms(document);
scrollRegions(document);
sessionWarning(document);
