/** Writes docs/settings.md from server/config.ts, the only reader of the environment: `node_modules/.bin/node tools/draw-settings.ts`. */
import { writeFileSync } from 'node:fs'
import { CHECKOUT, variables } from '../server/config.ts'

const PAGE = 'docs/settings.md'

export function settingsPage(): string {
  const rows = variables().map(({ name, what, fallback }) => {
    const shown = fallback.replace(`${CHECKOUT}/`, '')
    return `| \`${name}\` | ${what} | ${shown && `\`${shown}\``} |`
  })
  return `${INTRODUCTION}\n${rows.join('\n')}\n`
}

const INTRODUCTION = `# Settings of a running copy

Environment variables that \`./javob up\` understands. What is said on the command line (\`--data\`, \`--ports\`) comes first. A value that
cannot be used is refused with everything else that is wrong, before anything is started. What an organisation decides (queues, trunks,
menus, people) is data, not a setting. This page is made by \`node_modules/.bin/node tools/draw-settings.ts\`.

| variable | what it is | if not set |
|---|---|---|`

if (import.meta.main) writeFileSync(PAGE, settingsPage())
