import { type Draft, EMPTY_DRAFT, readDraft } from '../../../../shared/message-draft/draft.ts'
import { createPersonalPreference } from '../../../../shared/preferences/preferences.ts'

export interface SavedMessage {
  readonly name: string
  readonly draft: Draft
}

/** What is being written, kept while one goes elsewhere. */
export const draftPreference = createPersonalPreference<Draft>('live.draft', readDraft)

export const savedMessagesPreference = createPersonalPreference<readonly SavedMessage[]>('live.messages', (stored) =>
  Array.isArray(stored) ? stored.flatMap(readSaved) : [],
)

function readSaved(stored: unknown): SavedMessage[] {
  if (typeof stored !== 'object' || stored === null || !('name' in stored) || !('draft' in stored)) return []
  const { name, draft } = stored
  return typeof name === 'string' && name !== '' ? [{ name, draft: readDraft(draft) }] : []
}

const WITH_PLACEHOLDERS: Draft = { ...EMPTY_DRAFT, replacesPlaceholders: true }

/** Messages that every account has a use for. */
export const TEMPLATES: readonly SavedMessage[] = [
  {
    name: 'Telemetry sample',
    draft: {
      ...WITH_PLACEHOLDERS,
      topic: 'dt/site/{{thingName}}/telemetry',
      text: '{\n  "value": 21.5,\n  "at": "{{now}}",\n  "seq": {{seq}}\n}',
    },
  },
  {
    name: 'Ask for the shadow',
    draft: { ...WITH_PLACEHOLDERS, topic: '$aws/things/{{thingName}}/shadow/get', form: 'text', text: '' },
  },
  {
    name: 'Change what the shadow desires',
    draft: {
      ...WITH_PLACEHOLDERS,
      topic: '$aws/things/{{thingName}}/shadow/update',
      text: '{\n  "state": { "desired": { "key": "value" } },\n  "clientToken": "{{uuid}}"\n}',
      qos: 1,
    },
  },
  {
    name: 'Ask for the pending jobs',
    draft: {
      ...WITH_PLACEHOLDERS,
      topic: '$aws/things/{{thingName}}/jobs/get',
      text: '{ "clientToken": "{{uuid}}" }',
    },
  },
  {
    name: 'Delete a retained message',
    draft: {
      ...WITH_PLACEHOLDERS,
      topic: 'dt/site/{{thingName}}/status',
      form: 'text',
      text: '',
      retain: true,
      qos: 1,
    },
  },
]
