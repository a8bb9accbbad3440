import { Button, Menu, useMantineColorScheme } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronDown, IconLogout } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { Me } from '#contract/staff.ts'
import type { Role } from '#core/staff/permissions.ts'
import { changeMyLanguage, keys, useSignOut } from '../api.ts'
import { chooseLanguage, type InterfaceLanguage, LANGUAGE_NAMES, LANGUAGES, language, t } from '../i18n.ts'
import { useSignedIn } from '../me.ts'
import { problemText } from '../problem-text.ts'
import { forgetDrafts } from '../pages/desk/draft.ts'

/** Who I am here, the language, light or dark, and the way out. */
export function MeMenu() {
  const me = useSignedIn()
  const signOut = useSignOut()
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="subtle" color="gray" c="var(--mantine-color-text)" rightSection={<IconChevronDown size={16} />}>
          {me.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{`${roleText(me.role)} · ${me.organisation}`}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('Language')}</Menu.Label>
        <Languages />
        <Menu.Divider />
        <Menu.Label>{t('Appearance')}</Menu.Label>
        <Appearances />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => {
            forgetDrafts()
            signOut.mutate(undefined, { onError: (error) => notifications.show({ color: 'red', message: problemText(error) }) })
          }}
        >
          {t('Sign out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Languages() {
  const client = useQueryClient()
  async function choose(interfaceLanguage: InterfaceLanguage): Promise<void> {
    client.setQueryData<Me>(keys.me, (me) => me && { ...me, interfaceLanguage })
    await chooseLanguage(interfaceLanguage)
    await changeMyLanguage(interfaceLanguage)
  }
  return LANGUAGES.map((one) => (
    <Menu.Item key={one} lang={one} role="menuitemradio" aria-checked={one === language()} onClick={() => void choose(one)}>
      {one === language() ? <b>{LANGUAGE_NAMES[one]}</b> : LANGUAGE_NAMES[one]}
    </Menu.Item>
  ))
}

function Appearances() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const names = { auto: t('As the system'), light: t('Light'), dark: t('Dark') }
  return (['auto', 'light', 'dark'] as const).map((one) => (
    <Menu.Item
      key={one}
      role="menuitemradio"
      aria-checked={one === colorScheme}
      closeMenuOnClick={false}
      onClick={() => setColorScheme(one)}
    >
      {one === colorScheme ? <b>{names[one]}</b> : names[one]}
    </Menu.Item>
  ))
}

function roleText(role: Role): string {
  switch (role) {
    case 'agent':
      return t('Agent')
    case 'supervisor':
      return t('Supervisor')
    case 'editor':
      return t('Editor')
    case 'chancellery':
      return t('Chancellery')
    case 'officer':
      return t('Responsible officer')
    case 'administrator':
      return t('Administrator')
  }
}
