/** What the reader is told for each reason the server can refuse for. */
import { ATTACHMENT_PROBLEMS, type AttachmentProblem } from '#core/attachments/attachment-problems.ts'
import { SIGNATURE_PROBLEMS, type SignatureProblem } from '#core/signatures/signature-rules.ts'
import { t } from './i18n.ts'
import { RequestProblem } from './request.ts'
import { signatureProblemText } from './signing-words.ts'

export function problemText(error: unknown): string {
  return codeText(error instanceof RequestProblem ? error.code : 'somethingWentWrong')
}

export function codeText(code: RequestProblem['code']): string {
  switch (code) {
    case 'unreachable':
      return t('The server cannot be reached. Check the network; we keep trying.')
    case 'notSignedIn':
      return t('You are signed out. Please sign in again.')
    case 'wrongCredentials':
      return t('The login or the password is not right.')
    case 'tooManyAttempts':
      return t('Too many attempts. Please wait a few minutes and try again.')
    case 'tooManyToExport':
      return t('More than 10,000 appeals are chosen. Narrow the list by a search, a topic or days.')
    case 'tooBusy':
      return t('Too much is being done at once. Please try again in a moment.')
    case 'notAllowed':
      return t('Your role does not allow this.')
    case 'notFound':
      return t('This does not exist, or no longer does.')
    case 'badInput':
      return t('Something in the form is not filled in correctly.')
    case 'wrongStatus':
      return t('This is not possible in your present status.')
    case 'changedMeanwhile':
      return t('Somebody changed this meanwhile. Look at it again, please.')
    case 'lineNotUp':
      return t('Your line is not connected yet.')
    case 'lineNotProven':
      return t('The sound of your line has not been checked yet.')
    case 'phoneNotReachable':
      return t('Your phone has not registered yet. Check the account on the phone, please.')
    case 'phoneRings':
      return t('Pick up your phone to take this call.')
    case 'offerGone':
      return t('This call is no longer offered to you.')
    case 'agentNotFree':
      return t('This colleague is not free now.')
    case 'numberNotAllowed':
      return t('This number may not be called from here.')
    case 'callGone':
      return t('This call has already ended.')
    case 'messageNotPossible':
      return t('No SMS can be sent to this number now.')
    case 'callbackNotPossible':
      return t('No callback can be promised for this number or this moment.')
    case 'wrapUpNotDone':
      return t('Finish the wrap-up of the last call first.')
    default:
      return beyondText(code)
  }
}

function beyondText(code: OtherCode | AttachmentProblem | SignatureProblem): string {
  if (isAttachmentProblem(code)) return attachmentProblemText(code)
  return isSignatureProblem(code) ? signatureProblemText(code) : otherText(code)
}

function isSignatureProblem(code: OtherCode | SignatureProblem): code is SignatureProblem {
  return SIGNATURE_PROBLEMS.some((problem) => problem === code)
}

function isAttachmentProblem(
  code: OtherCode | AttachmentProblem | SignatureProblem,
): code is AttachmentProblem {
  return ATTACHMENT_PROBLEMS.some((problem) => problem === code)
}

/** Why a file is not taken, and what can be done instead. */
function attachmentProblemText(problem: AttachmentProblem): string {
  switch (problem) {
    case 'fileEmpty':
      return t('The file is empty.')
    case 'fileTooLarge':
      return t('The file is larger than 20 MB. Send it in parts, or a smaller picture of it.')
    case 'tooManyFiles':
      return t('There are 20 files already; more are not taken.')
    case 'filesTooLarge':
      return t('All files together would be larger than 60 MB.')
    case 'fileNameMissing':
      return t('The file has no name.')
    case 'fileNameTooLong':
      return t('The name of the file is too long.')
    case 'fileNameHasPath':
      return t('A name in or of the file points into another folder. Such files are not taken.')
    case 'fileNameHasControls':
      return t('The name of the file holds hidden characters. Rename it and send it again.')
    default:
      return contentProblemText(problem)
  }
}

type ContentProblem =
  | 'fileTypeNotTaken'
  | 'fileBroken'
  | 'fileHasMacros'
  | 'fileEncrypted'
  | 'archiveTooLarge'
  | 'archiveInArchive'
  | 'archiveHasProgram'
  | 'fileHasVirus'
  | 'fileNotScanned'
  | 'noRoomForFiles'

function contentProblemText(problem: ContentProblem): string {
  switch (problem) {
    case 'fileTypeNotTaken':
      return t('Files of this type are not taken. Send a PDF, a picture, an office document, sound or video.')
    case 'fileBroken':
      return t('The file is damaged and cannot be opened.')
    case 'fileHasMacros':
      return t('The document holds macros. Save it without them, as DOCX, XLSX or PDF.')
    case 'fileEncrypted':
      return t('The file is locked by a password. Send it without one.')
    case 'archiveTooLarge':
      return t('The archive unpacks to more than can be taken. Send the files one by one.')
    case 'archiveInArchive':
      return t('An archive that cannot be looked into. Send the files one by one, or in one ZIP file.')
    case 'archiveHasProgram':
      return t('The archive holds a program. Programs are not taken.')
    case 'fileHasVirus':
      return t('A virus was found in the file.')
    case 'fileNotScanned':
      return t('The virus scanner does not answer now. Try again later.')
    case 'noRoomForFiles':
      return t('There is no room for files now. Try again later; the appeal can do without them.')
  }
}

type OtherCode =
  | 'moveNotPossible'
  | 'fourEyes'
  | 'onlyOnce'
  | 'articlesNotRead'
  | 'noTriesLeft'
  | 'dueDayPassed'
  | 'mergeNotPossible'
  | 'flowHasProblems'
  | 'queuesHaveProblems'
  | 'settingsHaveProblems'
  | 'passwordToChoose'
  | 'passwordNotNew'
  | 'cannotMerge'
  | 'recordingNotReady'
  | 'engineAway'
  | 'tooLarge'
  | 'somethingWentWrong'

function otherText(code: OtherCode): string {
  switch (code) {
    case 'moveNotPossible':
      return t('This is not possible as the appeal stands now.')
    case 'fourEyes':
      return t('Somebody else has to do this: you wrote it.')
    case 'onlyOnce':
      return t('This was done already, and can be done only once.')
    case 'articlesNotRead':
      return t('First read everything, and say so.')
    case 'noTriesLeft':
      return t('No try is left: ask your supervisor.')
    case 'dueDayPassed':
      return t('The due day has passed: the limit cannot be made longer afterwards.')
    case 'mergeNotPossible':
      return t('These two cannot be merged: the other must be open, of the same track and due no later.')
    case 'flowHasProblems':
      return t('The flow has faults and cannot be published.')
    case 'queuesHaveProblems':
      return t('The settings have faults and were not saved.')
    case 'settingsHaveProblems':
      return t('What is marked is not right, so nothing was saved.')
    case 'passwordToChoose':
      return t('First choose a password of your own.')
    case 'passwordNotNew':
      return t('The new password must be another one, and not the login.')
    case 'cannotMerge':
      return t('These two cards cannot be one: their kind or their PINFL differs, or one is merged already.')
    case 'recordingNotReady':
      return t('The recording is not ready yet.')
    case 'engineAway':
      return t('The telephone engine is not answering. It is being restored.')
    case 'tooLarge':
      return t('This is too large.')
    case 'somethingWentWrong':
      return t('Something went wrong on our side. It has been written down.')
  }
}
