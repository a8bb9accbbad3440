/**
 * Where this machine gets Debian from. The engine comes from the same place, only of
 * another release, so that a mirror or an offline archive somebody set up is used.
 * Both forms are read: deb822 (`.sources`) and one line each (`.list`).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type AptSource = { uri: string; suites: string[]; components: string[]; signedBy: string | undefined }

export function hostSources(etc = '/etc/apt'): AptSource[] {
  const parts = join(etc, 'sources.list.d')
  const files = [
    join(etc, 'sources.list'),
    ...(existsSync(parts)
      ? readdirSync(parts)
          .sort()
          .map((name) => join(parts, name))
      : []),
  ]
  return files.filter(existsSync).flatMap((file) => {
    if (file.endsWith('.sources')) return parseDeb822(readFileSync(file, 'utf8'))
    return file.endsWith('.list') ? parseOneLine(readFileSync(file, 'utf8')) : []
  })
}

/** The main Debian archive among the sources: not security, not updates, not a stranger's. */
export function debianMirror(sources: readonly AptSource[], release: string): AptSource | undefined {
  const offering = sources.filter(({ components }) => components.includes('main'))
  return (
    offering.find(({ suites, uri }) => suites.includes(release) && !isSecurity(uri)) ??
    offering.find(({ uri }) => /\/debian\/?$/.test(uri))
  )
}

function isSecurity(uri: string): boolean {
  return /security/.test(uri)
}

export function parseDeb822(text: string): AptSource[] {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const fields = deb822Fields(paragraph)
    const types = words(fields.get('types'))
    if (!types.includes('deb') || fields.get('enabled')?.toLowerCase() === 'no') return []
    const [suites, components, signedBy] = [
      words(fields.get('suites')),
      words(fields.get('components')),
      fields.get('signed-by'),
    ]
    return words(fields.get('uris')).map((uri) => ({
      uri,
      suites,
      components,
      signedBy: keyringFile(signedBy),
    }))
  })
}

function deb822Fields(paragraph: string): Map<string, string> {
  const fields = new Map<string, string>()
  let last = ''
  for (const line of paragraph.split('\n').filter((each) => !each.startsWith('#'))) {
    const field = line.match(/^([A-Za-z0-9-]+):\s*(.*)$/)
    if (field) {
      last = (field[1] ?? '').toLowerCase()
      fields.set(last, (field[2] ?? '').trim())
    } else if (/^\s/.test(line) && last) {
      fields.set(last, `${fields.get(last) ?? ''} ${line.trim()}`.trim())
    }
  }
  return fields
}

export function parseOneLine(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const entry = line.match(/^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/)
    if (!entry) return []
    const [, options = '', uri = '', suite = '', components = ''] = entry
    return [
      {
        uri,
        suites: [suite],
        components: words(components),
        signedBy: keyringFile(options.match(/signed-by=(\S+)/i)?.[1]),
      },
    ]
  })
}

/** A key may also stand in the file itself; only a path is of use elsewhere. */
function keyringFile(value: string | undefined): string | undefined {
  return value?.startsWith('/') ? value.split(/[\s,]/)[0] : undefined
}

function words(text = ''): string[] {
  return text.split(/\s+/).filter(Boolean)
}
