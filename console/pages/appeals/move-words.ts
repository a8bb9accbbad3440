/** The moves of an appeal in words: on its buttons, in its history, beside its fields. */
import type { AppealAction } from '#core/appeals/appeal-status.ts'
import type { AppealCheck } from '#core/appeals/checklist.ts'
import type { LeavingGround, NoticeMedium, ReplyResult } from '#core/appeals/move-fields.ts'
import type { MoveField, MoveProblem } from '#core/appeals/move-rules.ts'
import { t } from '../../i18n.ts'

/** What the button says. */
export function actionText(action: AppealAction): string {
  switch (action) {
    case 'register':
      return t('Register')
    case 'classify':
      return t('Classify')
    case 'edit':
      return t('Take to the editing desk')
    case 'write':
      return t('Write the text')
    case 'approve':
      return t('Approve')
    case 'dispatch':
      return t('Send to the chancellery')
    case 'receive':
      return t('Take in')
    case 'assign':
      return t('Assign executors')
    case 'reply':
      return t('Reply')
    case 'notify':
      return t('The citizen was told')
    case 'close':
      return t('Close the appeal')
    default:
      return asideText(action)
  }
}

type AsideAction = Exclude<
  AppealAction,
  | 'register'
  | 'classify'
  | 'edit'
  | 'write'
  | 'approve'
  | 'dispatch'
  | 'receive'
  | 'assign'
  | 'reply'
  | 'notify'
  | 'close'
>

function asideText(action: AsideAction): string {
  switch (action) {
    case 'supplement':
      return t('The citizen adds something')
    case 'sendBack':
      return t('Send back to the editing desk')
    case 'study':
      return t('Further study is needed')
    case 'tellOfStudy':
      return t('The citizen was told of the study')
    case 'extend':
      return t('Extend the limit')
    case 'disclose':
      return t('It is no report of corruption')
    case 'forward':
      return t('Send on to another authority')
    case 'return':
      return t('Return to the citizen')
    case 'proposeLeaving':
      return t('Propose to leave unconsidered')
    case 'approveLeaving':
      return t('Approve the conclusion')
    case 'refuseLeaving':
      return t('Refuse the conclusion')
    case 'merge':
      return t('Merge into another appeal')
    case 'withdraw':
      return t('The citizen takes it back')
    case 'reopen':
      return t('Open again')
  }
}

/** What the history says. */
export function doneText(action: AppealAction): string {
  switch (action) {
    case 'register':
      return t('Registered')
    case 'classify':
      return t('Classified')
    case 'edit':
      return t('Taken to the editing desk')
    case 'write':
      return t('Text written')
    case 'approve':
      return t('Approved')
    case 'dispatch':
      return t('Sent to the chancellery')
    case 'receive':
      return t('Taken in by the chancellery')
    case 'assign':
      return t('Executors assigned')
    case 'reply':
      return t('Replied')
    case 'notify':
      return t('The citizen was told')
    case 'close':
      return t('Closed')
    default:
      return asideDoneText(action)
  }
}

function asideDoneText(action: AsideAction): string {
  switch (action) {
    case 'supplement':
      return t('The citizen added something')
    case 'sendBack':
      return t('Sent back to the editing desk')
    case 'study':
      return t('Further study began')
    case 'tellOfStudy':
      return t('The citizen was told of the study in writing')
    case 'extend':
      return t('Limit extended')
    case 'disclose':
      return t('Taken off the confidential track')
    case 'forward':
      return t('Sent on to another authority')
    case 'return':
      return t('Returned to the citizen')
    case 'proposeLeaving':
      return t('Proposed to be left unconsidered')
    case 'approveLeaving':
      return t('Left unconsidered')
    case 'refuseLeaving':
      return t('Conclusion refused')
    case 'merge':
      return t('Merged into another')
    case 'withdraw':
      return t('Withdrawn')
    case 'reopen':
      return t('Opened again')
  }
}

export function moveFieldText(field: MoveField): string {
  switch (field) {
    case 'kind':
      return t('Kind')
    case 'topic':
      return t('Topic')
    case 'text':
      return t('Text of the appeal')
    case 'reason':
      return t('Reason')
    case 'signatory':
      return t('Who signed, with his post')
    case 'authority':
      return t('Which authority')
    case 'ground':
      return t('Ground')
    case 'conclusion':
      return t('Conclusion')
    case 'into':
      return t('Into which appeal')
    case 'incomingNumber':
      return t('Incoming number')
    case 'executors':
      return t('Executors, one to a line; the first is the lead')
    case 'result':
      return t('Result')
    case 'reply':
      return t('Text of the reply')
    case 'medium':
      return t('How the citizen was told')
    case 'checked':
      return t('Looked at')
    case 'addition':
      return t('What was added')
  }
}

export function moveProblemText(problem: MoveProblem): string {
  switch (problem) {
    case 'wrongStatus':
      return t('This is not possible as the appeal stands now.')
    case 'notAllowed':
      return t('Your role does not allow this.')
    case 'fourEyes':
      return t('Somebody else has to do this: you wrote it.')
    case 'onlyOnce':
      return t('This was done already, and can be done only once.')
    case 'dueDayPassed':
      return t('The due day has passed: the limit cannot be made longer afterwards.')
  }
}

export function checkText(check: AppealCheck): string {
  switch (check) {
    case 'nameInFull':
      return t('Who it is from stands there in full')
    case 'residence':
      return t('Where he lives stands there')
    case 'essence':
      return t('What it is about can be understood')
    case 'nothingAdded':
      return t('Nothing was added that the citizen did not say, and nothing left out')
    case 'noInsult':
      return t('Nobody is slandered or insulted')
    case 'isOurs':
      return t('It is ours to decide, and not for another authority')
    case 'whatIsAsked':
      return t('What is asked for is named')
    case 'whatWasViolated':
      return t('Which right was violated, by whom and when, is named')
    case 'whatIsProposed':
      return t('What is proposed is named')
  }
}

export function groundText(ground: LeavingGround): string {
  switch (ground) {
    case 'anonymous':
      return t('anonymous')
    case 'noAuthority':
      return t('a representative without papers of authority')
    case 'notAsTheLawAsks':
      return t('not as the law asks for')
  }
}

export function resultText(result: ReplyResult): string {
  switch (result) {
    case 'satisfied':
      return t('Satisfied')
    case 'explained':
      return t('Explained')
    case 'refused':
      return t('Turned down')
  }
}

export function noticeText(medium: NoticeMedium): string {
  switch (medium) {
    case 'phone':
      return t('by phone')
    case 'sms':
      return t('by SMS')
    case 'letter':
      return t('by letter')
    case 'email':
      return t('by e-mail')
    case 'inPerson':
      return t('in person')
  }
}
