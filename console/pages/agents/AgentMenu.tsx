import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { AgentStatus } from '#core/calls/call.ts'
import { breakBegins } from '#core/calls/agent-time.ts'
import { type ManageAgent, useAgentTime, useManageAgent } from '../../api.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { showProblem } from '../../notify.ts'

type Agent = {
  id: string
  name: string
  status: AgentStatus
  reason: string | null
  line: 'down' | 'up' | 'proven'
}

/** What a supervisor can do about one agent's time. */
export function AgentMenu({ agent }: { agent: Agent }) {
  const manage = useManageAgent()
  const breaks = useAgentTime().data?.breaks ?? []
  const send = (order: ManageAgent) => manage.mutate(order, { onError: showProblem })
  const begins = breakBegins(agent.status)
  const mayBeAvailable = (agent.status === 'onBreak' || agent.status === 'wrapUp') && agent.line === 'proven'
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          aria-label={t('Actions: {{name}}', { name: agent.name })}
          loading={manage.isPending}
          disabled={agent.status === 'signedOut'}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={!mayBeAvailable} onClick={() => send({ agent: agent.id, do: 'available' })}>
          {agent.status === 'wrapUp' ? t('End the wrap-up') : t('Make available')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>
          {begins === 'betweenCalls' ? t('A break after this call') : t('Put on a break')}
        </Menu.Label>
        {breaks.map(({ code, names }) => (
          <Menu.Item
            key={code}
            disabled={agent.reason === code}
            onClick={() => send({ agent: agent.id, do: 'break', reason: code })}
          >
            {inMyLanguage(names)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => send({ agent: agent.id, do: 'sign-off' })}>
          {begins === 'betweenCalls' ? t('End the shift after this call') : t('End the shift')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
