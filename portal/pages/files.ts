/** Files with a form that waits for its code: those that are there, and a way to add one. */
import { ATTACHMENT_PROBLEMS, type AttachmentProblem } from '#core/attachments/attachment-problems.ts'
import { addresses } from '../addresses.ts'
import { TOKEN_FIELD } from '../forms.ts'
import { type Html, html } from '../html.ts'
import { textsIn, type TextKey } from '../texts.ts'
import type { View } from '../view.ts'

const PROBLEMS: Readonly<Record<AttachmentProblem, TextKey>> = {
  fileEmpty: 'The file is empty.',
  fileTooLarge: 'The file is larger than 20 MB. Send it in parts, or a smaller picture of it.',
  tooManyFiles: 'There are 20 files already; more are not taken.',
  filesTooLarge: 'All files together would be larger than 60 MB.',
  fileNameMissing: 'The file has no name.',
  fileNameTooLong: 'The name of the file is too long.',
  fileNameHasPath: 'A name in or of the file points into another folder. Such files are not taken.',
  fileNameHasControls: 'The name of the file holds hidden characters. Rename it and send it again.',
  fileTypeNotTaken:
    'Files of this type are not taken. Send a PDF, a picture, an office document, sound or video.',
  fileBroken: 'The file is damaged and cannot be opened.',
  fileHasMacros: 'The document holds macros. Save it without them, as DOCX, XLSX or PDF.',
  fileEncrypted: 'The file is locked by a password. Send it without one.',
  archiveTooLarge: 'The archive unpacks to more than can be taken. Send the files one by one.',
  archiveInArchive: 'An archive that cannot be looked into. Send the files one by one, or in one ZIP file.',
  archiveHasProgram: 'The archive holds a program. Programs are not taken.',
  fileNotScanned: 'The virus scanner does not answer now. Try again later.',
  noRoomForFiles: 'There is no room for files now. Try again later, or send the appeal without them.',
  fileHasVirus: 'A virus was found in the file.',
}

/** Of what an address names; nothing of what is none. */
export function fileProblemText(view: View, named: string | undefined): string | undefined {
  const problem = ATTACHMENT_PROBLEMS.find((one) => one === named)
  return problem && textsIn(view.language)(PROBLEMS[problem])
}

export type FormFile = { readonly id: string; readonly name: string }

export function filesOfForm(view: View, { form, files }: { form: string; files: readonly FormFile[] }): Html {
  const t = textsIn(view.language)
  const named = html`<input type="hidden" name="${TOKEN_FIELD}" value="${view.token}"><input type="hidden" name="form" value="${form}">`
  return html`<h2>${t('Files')}</h2>
<p class="hint">${t('A photo, a PDF, a document, sound or video; 20 MB at most each. Files can be added until the appeal is filed.')}</p>
${
  files.length > 0 &&
  html`<ul class="cards">${files.map(
    ({ id, name }) => html`<li><p>${name}</p>
<form method="post" action="${addresses.removeFile}">${named}<input type="hidden" name="file" value="${id}">
<button type="submit" class="quiet">${t('Remove {name}', { name })}</button></form></li>`,
  )}</ul>`
}
<form method="post" action="${addresses.addFile}" enctype="multipart/form-data">${named}
<div class="field"><label for="file">${t('Choose a file')}</label><input type="file" id="file" name="file" required></div>
<button type="submit" class="quiet">${t('Add a file')}</button>
</form>`
}
