/** What went wrong, as RFC 9457 problem details: refusals with their code, our own mistakes with none of their inside. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { Problem, ProblemCode } from '#contract/problems.ts'
import { ATTACHMENT_PROBLEMS, type AttachmentProblem } from '#core/attachments/attachment-problems.ts'
import { Refusal } from './errors.ts'

export const PROBLEM_TYPE = 'application/problem+json'
/** A form has few fields; a flood of complaints about one request helps nobody. */
const MAX_COMPLAINTS = 8

/** A file that is not taken is so for what is in it. */
const FILE_STATUS = 422

export const PROBLEM_STATUS: Readonly<Record<ProblemCode, number>> = {
  ...ofEachFileProblem(FILE_STATUS),
  notSignedIn: 401,
  wrongCredentials: 401,
  tooManyAttempts: 429,
  noRoomForFiles: 507,
  tooBusy: 503,
  tooManyToExport: 413,
  notAllowed: 403,
  notFound: 404,
  badInput: 400,
  wrongStatus: 409,
  changedMeanwhile: 409,
  cannotMerge: 409,
  moveNotPossible: 409,
  fourEyes: 403,
  onlyOnce: 409,
  articlesNotRead: 409,
  noTriesLeft: 409,
  dueDayPassed: 409,
  mergeNotPossible: 409,
  lineNotUp: 409,
  lineNotProven: 409,
  phoneNotReachable: 409,
  phoneRings: 409,
  offerGone: 409,
  callGone: 409,
  agentNotFree: 409,
  numberNotAllowed: 403,
  messageNotPossible: 409,
  callbackNotPossible: 409,
  wrapUpNotDone: 409,
  flowHasProblems: 422,
  queuesHaveProblems: 422,
  settingsHaveProblems: 422,
  passwordToChoose: 403,
  passwordNotNew: 400,
  recordingNotReady: 409,
  engineAway: 503,
  tooLarge: 413,
  signingOff: 409,
  signatureMissing: 409,
  signedOtherwise: 409,
  signatureNotValid: 422,
  certificateNotValid: 422,
  signerIsAnother: 403,
  verifierAway: 503,
  somethingWentWrong: 500,
}

const TITLES: Readonly<Record<ProblemCode, string>> = {
  ...ofEachFileProblem('The file is not taken'),
  notSignedIn: 'Sign in first',
  wrongCredentials: 'Login or password is wrong',
  tooManyAttempts: 'Too many attempts',
  tooBusy: 'Too busy',
  tooManyToExport: 'Too many appeals to export',
  notAllowed: 'Not allowed',
  notFound: 'Not found',
  badInput: 'The input cannot be used',
  wrongStatus: 'Not possible in this status',
  changedMeanwhile: 'Changed meanwhile',
  cannotMerge: 'These cards cannot be merged',
  moveNotPossible: 'Not possible as the appeal stands',
  fourEyes: 'Somebody else has to do this',
  onlyOnce: 'This was done already',
  articlesNotRead: 'Not everything has been read',
  noTriesLeft: 'No try is left',
  dueDayPassed: 'The due day has passed',
  mergeNotPossible: 'These appeals cannot be merged',
  lineNotUp: 'The line is not up',
  lineNotProven: 'The line has not been proven',
  phoneNotReachable: 'The phone has not registered',
  phoneRings: 'The phone rings and has to be picked up',
  offerGone: 'The offer is gone',
  callGone: 'The call is gone',
  agentNotFree: 'The colleague is not free',
  numberNotAllowed: 'This number is not called',
  callbackNotPossible: 'No call can be promised to this number, or not for that moment',
  messageNotPossible: 'No message can be sent to this number now',
  wrapUpNotDone: 'The wrap-up is not done',
  flowHasProblems: 'The flow has problems',
  queuesHaveProblems: 'The settings have problems',
  settingsHaveProblems: 'The settings have problems',
  passwordToChoose: 'A password has to be chosen first',
  passwordNotNew: 'The password is the old one',
  recordingNotReady: 'The recording is not ready',
  engineAway: 'The telephone engine is away',
  tooLarge: 'Too large',
  signingOff: 'Signing has not been set up',
  signatureMissing: 'A signature is needed',
  signedOtherwise: 'Something else was signed',
  signatureNotValid: 'The signature is not valid',
  certificateNotValid: 'The certificate is not valid',
  signerIsAnother: 'The certificate is of another person',
  verifierAway: 'The signature cannot be checked now',
  somethingWentWrong: 'Something went wrong',
}

function ofEachFileProblem<Value>(value: Value): Record<AttachmentProblem, Value> {
  return Object.fromEntries(ATTACHMENT_PROBLEMS.map((problem) => [problem, value])) as Record<
    AttachmentProblem,
    Value
  >
}

export function sendProblem(
  response: FastifyReply,
  code: ProblemCode,
  extra: Pick<Problem, 'detail' | 'problems'> = {},
) {
  const status = PROBLEM_STATUS[code]
  const problem: Problem = { type: `urn:javob:problem:${code}`, title: TITLES[code], status, code, ...extra }
  // As text: the route's own schema for its answers does not apply to a problem.
  return response
    .code(status)
    .type(PROBLEM_TYPE)
    .header('Cache-Control', 'no-store')
    .send(JSON.stringify(problem))
}

export function handleError(error: FastifyError, request: FastifyRequest, response: FastifyReply) {
  // Never the address as it was sent: a search in it is personal data.
  const where = { method: request.method, route: request.routeOptions.url }
  if (error instanceof Refusal) {
    request.log.info({ ...where, code: error.code, staff: request.signedInStaff?.id }, error.message)
    return sendProblem(response, error.code, { detail: error.message, ...problemsOf(error) })
  }
  const code = codeOf(error)
  if (code === undefined) {
    request.log.error({ ...where, error: wholeError(error) }, 'something went wrong')
    return sendProblem(response, 'somethingWentWrong')
  }
  request.log.info({ ...where, code, fastify: error.code }, 'the request cannot be read')
  return sendProblem(response, code, { detail: complaints(error) })
}

/** A flow or settings that are refused say what is wrong and where. */
function problemsOf(error: object): Pick<Problem, 'problems'> {
  return 'problems' in error && Array.isArray(error.problems)
    ? { problems: error.problems as Problem['problems'] }
    : {}
}

/** The code of a request that the server could not read; nothing for our own mistakes. */
function codeOf(error: FastifyError): ProblemCode | undefined {
  if (error.statusCode === 413) return 'tooLarge'
  if (
    error.validation ||
    (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
  )
    return 'badInput'
  return undefined
}

function complaints(error: FastifyError): string {
  if (!hasZodFastifySchemaValidationErrors(error)) return error.message
  return error.validation
    .slice(0, MAX_COMPLAINTS)
    .map(
      ({ instancePath, message }) =>
        `${[error.validationContext, ...instancePath.split('/')].filter(Boolean).join('.')}: ${message}`,
    )
    .join('; ')
}

/** For the log: what was thrown and where, but not the values PostgreSQL attaches to its errors. */
function wholeError(error: Error): object {
  const { name, message, stack, cause } = error
  const code = 'code' in error ? error.code : undefined
  return { name, message, code, stack, ...(cause instanceof Error && { cause: wholeError(cause) }) }
}
