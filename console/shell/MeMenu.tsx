import { Button, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core'
import { IconChevronDown, IconKey, IconLogout, IconUserCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { Me } from '#contract/staff.ts'
import { changeMyLanguage, keys, useSignOut } from '../api.ts'
import { chooseLanguage, type InterfaceLanguage, LANGUAGE_NAMES, LANGUAGES, language, t } from '../i18n.ts'
import { useSignedIn } from '../me.ts'
import { showProblem } from '../notify.ts'
import { forgetChatPlace } from '../pages/chat/chat-place.ts'
import { forgetAllDrafts } from '../draft-memory.ts'
import { roleText } from '../staff-words.ts'
import css from './Shell.module.css'

const OwnPassword = lazy(() =>
  import('../pages/staff/OwnPassword.tsx').then((module) => ({ default: module.OwnPassword })),
)

/** Who I am here, the language, light or dark, and the way out. */
export function MeMenu() {
  const me = useSignedIn()
  const signOut = useSignOut()
  const [isChoosing, setIsChoosing] = useState(false)
  return (
    <>
      {isChoosing && (
        <Suspense>
          <OwnPassword close={() => setIsChoosing(false)} />
        </Suspense>
      )}
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            c="var(--mantine-color-text)"
            px="xs"
            title={me.name}
            leftSection={<IconUserCircle size={22} />}
            rightSection={<IconChevronDown size={16} />}
          >
            <span className={css.roomPermitting}>{me.name}</span>
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
          <Menu.Item leftSection={<IconKey size={16} />} onClick={() => setIsChoosing(true)}>
            {t('My password')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLogout size={16} />}
            onClick={() => {
              forgetAllDrafts()
              forgetChatPlace()
              signOut.mutate(undefined, { onError: showProblem })
            }}
          >
            {t('Sign out')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

function Languages() {
  const client = useQueryClient()
  async function choose(interfaceLanguage: InterfaceLanguage): Promise<void> {
    client.setQueryData<Me>(keys.me, (me) => me && { ...me, interfaceLanguage })
    await chooseLanguage(interfaceLanguage)
    await changeMyLanguage(interfaceLanguage)
  }
  return (
    <Menu.RadioGroup
      value={language()}
      onChange={(value) => void choose(value as InterfaceLanguage).catch(showProblem)}
    >
      {LANGUAGES.map((one) => (
        <Menu.RadioItem key={one} value={one} lang={one}>
          {LANGUAGE_NAMES[one]}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}

function Appearances() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
      <Menu.RadioItem value="auto">{t('As the system')}</Menu.RadioItem>
      <Menu.RadioItem value="light">{t('Light')}</Menu.RadioItem>
      <Menu.RadioItem value="dark">{t('Dark')}</Menu.RadioItem>
    </Menu.RadioGroup>
  )
}
