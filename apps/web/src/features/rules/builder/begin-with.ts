/** What a new rule may begin with. */
export interface StatementTemplate {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly sql: string
}

export const STATEMENT_TEMPLATES: readonly StatementTemplate[] = [
  {
    id: 'over',
    title: 'A value is over a limit',
    description: 'Messages of some devices whose value is too high, with the topic that they came by.',
    sql: "SELECT *, topic() AS topic\nFROM 'plant/+/data'\nWHERE temperature > 30",
  },
  {
    id: 'all',
    title: 'All messages of some topics',
    description: 'Messages as they came.',
    sql: "SELECT *\nFROM 'plant/+/data'",
  },
  {
    id: 'some',
    title: 'Some members of each message',
    description: 'Only what is needed, by names of your own, and who sent it when.',
    sql: "SELECT temperature AS celsius, topic(2) AS device, timestamp() AS at\nFROM 'plant/+/data'",
  },
  {
    id: 'presence',
    title: 'A device connects or disconnects',
    description: 'What AWS IoT publishes of connections.',
    sql: "SELECT *\nFROM '$aws/events/presence/+/+'",
  },
  {
    id: 'shadow',
    title: 'A shadow has changed',
    description: 'What the shadows of all things say, before and after.',
    sql: "SELECT topic(3) AS thing, previous.state.reported AS before, current.state.reported AS now\nFROM '$aws/things/+/shadow/update/documents'",
  },
]
