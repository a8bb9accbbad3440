import { Checkbox, TextInput } from '@mantine/core'
import { ANNOUNCEMENT_MAX_CHARACTERS, PortalSettings, type ShownPortalSettings } from '#contract/portal.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { usePortalSettings, useSavePortalSettings } from '../../portal-api.ts'
import { LimitedArea } from '../../ui/LimitedText.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { SaveSetting } from '../settings/SaveSetting.tsx'
import { useSettingForm } from '../settings/use-setting-form.ts'

/** What citizens are told on every page of their portal, and how much they see of the staff. */
export function PortalPage() {
  return (
    <Page title={t('Citizens’ portal')}>
      <Asked query={usePortalSettings()}>{(settings) => <Editor settings={settings} />}</Asked>
    </Page>
  )
}

function Editor({ settings: { changedAt, form: shown } }: { settings: ShownPortalSettings }) {
  const form = useSettingForm<PortalSettings>('portal', { changedAt, value: shown })
  const draft = form.value
  const save = useSavePortalSettings()
  const wrong = PortalSettings.safeParse(draft).error?.issues.map(({ path }) => String(path[0])) ?? []
  const announce = (language: 'uz' | 'ru' | 'en', text: string) =>
    form.change({ announcement: { ...draft.announcement, [language]: text } })
  const press = () =>
    save.mutate(
      { basedOn: form.basedOn, form: draft },
      { onSuccess: (saved) => form.adopt({ changedAt: saved.changedAt, value: saved.form }) },
    )
  return (
    <Surface title={t('On every page of the portal')}>
      <Announcement
        label={t('Announcement in Uzbek')}
        value={draft.announcement.uz}
        change={(text) => announce('uz', text)}
      />
      <Announcement
        label={t('Announcement in Russian')}
        value={draft.announcement.ru}
        change={(text) => announce('ru', text)}
      />
      <Announcement
        label={t('Announcement in English')}
        value={draft.announcement.en}
        change={(text) => announce('en', text)}
      />
      <TextInput
        mt="sm"
        label={t('Address of the portal')}
        description={t('It stands in messages to citizens, and the QR code of documents leads there.')}
        placeholder="https://…"
        value={draft.address}
        error={wrong.includes('address') ? t('An address begins with https://') : undefined}
        onChange={(event) => form.change({ address: event.currentTarget.value })}
      />
      <Checkbox
        mt="sm"
        mb="sm"
        label={t('Citizens see the names of those who opened their data')}
        checked={draft.showsStaffNames}
        onChange={(event) => form.change({ showsStaffNames: event.currentTarget.checked })}
      />
      <SaveSetting form={form} problems={wrong.length} save={save} press={press} />
    </Surface>
  )
}

function Announcement(props: { label: string; value: string; change: (text: string) => void }) {
  const { change, label, value } = props
  return (
    <LimitedArea
      mt="sm"
      label={label}
      autosize
      minRows={2}
      most={ANNOUNCEMENT_MAX_CHARACTERS}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
