/** The words of queues and their settings, as people read them. One place for each closed set of core/routing. */
import type { QueueFormProblem } from '#contract/queues.ts'
import type { OverflowField } from '#core/routing/check-overflow.ts'
import type { QueueField } from '#core/routing/queue-problems.ts'
import type { AgentOrder } from '#core/routing/queue-settings.ts'
import type { RuleExpectation } from '#core/routing/skill-rule-text.ts'
import { t } from './i18n.ts'

/** An example of each thing that is written in the words of the notation, which are the same in every language. */
const EXAMPLES = { step: 'wait < 60 s: …', last: 'then any', day: '01.01.2027' }

export function orderText(order: AgentOrder): string {
  switch (order) {
    case 'longestIdle':
      return t('Whoever has been free longest')
    case 'bestSkill':
      return t('Whoever is best at what is asked for')
    case 'fewestCalls':
      return t('Whoever has taken the fewest calls')
    case 'ringAll':
      return t('Everybody at once')
  }
}

export function fieldText(field: QueueField): string {
  switch (field) {
    case 'skills':
      return t('Rules of skills')
    case 'ringSeconds':
      return t('An offer rings for, seconds')
    case 'missesBeforeUnavailable':
      return t('Missed offers before a break')
    case 'shortAbandonSeconds':
      return t('Short abandon below, seconds')
    case 'expectedHandleSeconds':
      return t('A call usually takes, seconds')
    case 'courses':
      return t('Attestation')
    default:
      return overflowText(field)
  }
}

export function overflowText(field: OverflowField): string {
  switch (field) {
    case 'full':
      return t('When too many wait')
    case 'tooLong':
      return t('When somebody has waited too long')
    case 'nobodyOnDuty':
      return t('When nobody is on duty')
    case 'hours':
      return t('Outside opening hours')
  }
}

/** `queueName` says queues by their names. */
export function queueProblemText(problem: QueueFormProblem, queueName: (queue: string) => string): string {
  const { code, params } = problem
  const values = plain(params, queueName)
  switch (code) {
    case 'outOfRange':
      return t('A whole number from {{least}} to {{most}}, please.', values)
    case 'noAgents':
      return t('No agent serves this queue: say what to do when nobody is on duty.')
    case 'courseTwice':
      return t('Course {{course}} is required twice.', values)
    case 'unknownCourse':
      return t('There is no published course {{course}}.', values)
    case 'nobodyAttested':
      return t('Nobody of the {{count}} agents is attested: nobody is offered its calls.', values)
    case 'overflowToItself':
      return t('A queue cannot pass callers on to itself.')
    case 'overflowToUnknown':
      return t('There is no queue “{{to}}”.', values)
    case 'overflowLoop':
      return t('Callers would go round: {{loop}}.', values)
    default:
      return hoursProblemText(problem, values) ?? ruleProblemText(problem, values)
  }
}

type Values = Record<string, string | number>

function plain(params: QueueFormProblem['params'], queueName: (queue: string) => string): Values {
  const entries = Object.entries(params).map(([name, value]): [string, string | number] => {
    if (typeof value === 'object') return [name, value.map(queueName).join(' → ')]
    return [name, value]
  })
  return Object.fromEntries(entries)
}

function hoursProblemText({ code }: QueueFormProblem, values: Values): string | undefined {
  switch (code) {
    case 'neverOpen':
      return t('The queue would never be open.')
    case 'tooManyHours':
      return t('Too many opening times and closed days: {{count}} of at most {{most}}.', values)
    case 'hoursWithoutDays':
      return t('Choose the days of this opening time.')
    case 'hoursOutOfRange':
      return t('A time from 00:00 to 24:00, please.')
    case 'hoursEmpty':
      return t('This opening time ends before it begins.')
    case 'hoursOverlap':
      return t('This opening time overlaps number {{other}}.', values)
    case 'closedDayInvalid':
      return t('“{{day}}” is not a day such as {{example}}.', { ...values, example: EXAMPLES.day })
    default:
      return undefined
  }
}

function ruleProblemText({ code }: QueueFormProblem, values: Values): string {
  switch (code) {
    case 'tooManySteps':
      return t('Too many steps: {{count}} of at most {{most}}.', values)
    case 'tooManyNeeds':
      return t('Too many skills in one step: {{count}} of at most {{most}}.', values)
    case 'stepsOutOfOrder':
      return t('Each step must begin after the one before it.')
    case 'levelOutOfRange':
      return t('A level is a whole number from 1 to {{most}}.', values)
    case 'unknownSkill':
      return t('There is no skill “{{skill}}”.', values)
    case 'skillTwice':
      return t('“{{skill}}” is asked for twice in one step.', values)
    case 'stricter':
      return t('This step asks for more “{{skill}}” than the one before it; rules may only relax.', values)
    case 'beyondAgents':
      return t('No agent of this queue has “{{skill}}” at {{level}}; the best has {{best}}.', values)
    case 'nobodyHasAll':
      return t('No agent of this queue has everything that this step asks for.')
    case 'languageUnserved':
      return t('A caller who chose “{{language}}” would wait for nobody.', values)
    case 'neverApplies':
      return t('This step begins after {{from}} s, but nobody waits longer than {{most}} s.', values)
    default:
      return readingProblemText(code, values)
  }
}

function readingProblemText(code: QueueFormProblem['code'], values: Values): string {
  switch (code) {
    case 'expected':
      return expectedText(values)
    case 'nothingBefore':
      return t('There is no step before “{{then}}”.', { then: 'then' })
    case 'timeMissing':
      return t('Say how long the first step holds: {{example}}', { example: EXAMPLES.step })
    case 'timeAtTheEnd':
      return t('The last step holds for good and has no time. After it could follow: {{example}}', {
        example: EXAMPLES.last,
      })
    case 'timeNotLater':
      return t('This step would end before it begins.')
    case 'textTooLong':
      return t('The text is too long.')
    default:
      return t('Nothing is written; “{{any}}” asks everybody.', { any: 'any' })
  }
}

function expectedText({ expected, found }: Values): string {
  const wanted = expectationText(expected as RuleExpectation)
  return found === undefined
    ? t('Expected {{wanted}}, but the step ends here.', { wanted })
    : t('Expected {{wanted}}, but found “{{found}}”.', { wanted, found })
}

function expectationText(expected: RuleExpectation): string {
  switch (expected) {
    case 'need':
      return t('a skill, “{{language}}” or “{{any}}”', { language: 'language', any: 'any' })
    case 'skill':
      return t('a skill or “{{language}}”', { language: 'language' })
    case 'level':
      return t('a level')
    case 'seconds':
      return t('a time')
    case 'endOfStep':
      return t('a comma or the end of the step')
    case 'atLeast':
      return '“>=”'
    case 'before':
      return '“<”'
    case 'unit':
      return '“s”, “min”'
    case 'colon':
      return '“:”'
  }
}
