import { expect, test } from 'vitest'
import { debianMirror, parseDeb822, parseOneLine } from './apt-sources.ts'

const DEB822 = `# the main archive
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main

Types: deb
URIs: http://vendor.example/apt
Suites: stable
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
`

const ONE_LINE = `# deb http://off.example/debian bookworm main
deb-src http://mirror.example/debian bookworm main
deb [arch=amd64 signed-by=/etc/keys/d.gpg] http://mirror.example/debian bookworm main contrib # ours
deb http://security.example/debian-security bookworm-security main
`

test('the main archive is found among sources in paragraphs', () => {
  const sources = parseDeb822(DEB822)
  expect(sources.map(({ uri }) => uri)).toEqual([
    'http://mirror.example/debian',
    'http://mirror.example/debian-security',
    'http://vendor.example/apt',
  ])
  expect(debianMirror(sources, 'bookworm')).toMatchObject({
    uri: 'http://mirror.example/debian',
    signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
  })
})

test('a key inside the file is no file', () => {
  expect(parseDeb822(DEB822).at(-1)?.signedBy).toBeUndefined()
})

test('the main archive is found among sources in lines', () => {
  expect(debianMirror(parseOneLine(ONE_LINE), 'bookworm')).toEqual({
    uri: 'http://mirror.example/debian',
    suites: ['bookworm'],
    components: ['main', 'contrib'],
    signedBy: '/etc/keys/d.gpg',
  })
})

test('a machine of another release is known by the name of the archive, and a stranger is not taken for it', () => {
  const vendor = parseOneLine('deb http://vendor.example/apt any main')
  expect(debianMirror(vendor, 'bookworm')).toBeUndefined()
  const stable = parseOneLine('deb http://mirror.example/debian/ stable main')
  expect(debianMirror([...vendor, ...stable], 'bookworm')?.uri).toBe('http://mirror.example/debian/')
})
