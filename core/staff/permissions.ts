/**
 * Who may do what: the one table, read by REST, the live stream, exports and
 * the console's buttons alike. An action that a role does not list is refused.
 */
export const ROLES = ['agent', 'supervisor', 'editor', 'chancellery', 'officer', 'administrator'] as const
export type Role = (typeof ROLES)[number]

export const ACTIONS = [
  'takeCalls',
  'callOutside',
  'seeOwnCalls',
  'seeAllCalls',
  'listenToOwnRecordings',
  'listenToAllRecordings',
  'registerAppeal',
  'seeAppeals',
  'seeCitizens',
  'editKnowledge',
  'approveKnowledge',
  'changeCitizens',
  'mergeCitizens',
  'openDocuments',
  'seeAgents',
  'cancelCallbacks',
  'manageAgents',
  'changeFlows',
  'changePrompts',
  'changeQueues',
  'changeTrunks',
  'changeStaff',
  'seeAlarms',
  'seeAudit',
  'chat',
  'openChatRooms',
  'readPersonalDataInChat',
] as const
export type Action = (typeof ACTIONS)[number]

export const PERMISSIONS: Readonly<Record<Role, readonly Action[]>> = {
  agent: [
    'takeCalls',
    'callOutside',
    'seeOwnCalls',
    'listenToOwnRecordings',
    'registerAppeal',
    'seeAppeals',
    'seeCitizens',
    'changeCitizens',
    'openDocuments',
    'chat',
  ],
  supervisor: [
    'seeAllCalls',
    'listenToAllRecordings',
    'seeAppeals',
    'registerAppeal',
    'seeCitizens',
    'changeCitizens',
    'mergeCitizens',
    'openDocuments',
    'seeAgents',
    'cancelCallbacks',
    'manageAgents',
    'seeAlarms',
    'chat',
    'openChatRooms',
    'readPersonalDataInChat',
  ],
  editor: [
    'seeAllCalls',
    'listenToAllRecordings',
    'registerAppeal',
    'seeAppeals',
    'seeCitizens',
    'editKnowledge',
  ],
  chancellery: ['seeAppeals'],
  officer: [
    'seeAllCalls',
    'listenToAllRecordings',
    'seeAppeals',
    'seeCitizens',
    'approveKnowledge',
    'mergeCitizens',
    'openDocuments',
    'seeAgents',
    'seeAlarms',
    'chat',
    'openChatRooms',
    'readPersonalDataInChat',
  ],
  administrator: [
    'changeFlows',
    'changePrompts',
    'changeQueues',
    'changeTrunks',
    'changeStaff',
    'seeAgents',
    'seeAlarms',
    'seeAudit',
  ],
}

export function may(role: Role, action: Action): boolean {
  return PERMISSIONS[role].includes(action)
}
