import { Desk } from '#contract/calls.ts'
import { allow } from '../http-permissions.ts'

/** A route of the agent's own desk, which answers with the desk as it is afterwards. */
export function atDesk<Parts extends object>(summary: string, parts: Parts) {
  return { config: allow('takeCalls'), schema: { summary, response: { 200: Desk }, ...parts } }
}
