/** What placeholders stand for in one message. */
export interface TemplateContext {
  readonly nowMs: number
  readonly uuid: string
  /** From 1, counted up with each message. */
  readonly seq: number
  readonly thingName?: string
}

export const PLACEHOLDERS = ['thingName', 'now', 'nowMs', 'uuid', 'seq'] as const
type Placeholder = (typeof PLACEHOLDERS)[number]

export type Expanded =
  | { readonly ok: true; readonly text: string }
  /** Offsets into the template, in UTF-16 code units. */
  | { readonly ok: false; readonly from: number; readonly to: number; readonly message: string }

/** Replaces `{{now}}` and the like. Braces around anything but a word, as in JSON, are left as they are. */
export function expandTemplate(template: string, context: TemplateContext): Expanded {
  let text = ''
  let copied = 0
  for (const match of template.matchAll(/\{\{\s*(\w+)\s*\}\}/g)) {
    const [whole, name = ''] = match
    const to = match.index + whole.length
    const value = isPlaceholder(name) ? standsFor(name, context) : undefined
    if (value === undefined) {
      const message =
        name === 'thingName'
          ? 'There is no thing here whose name {{thingName}} could be.'
          : `There is no placeholder {{${name}}}; there are ${PLACEHOLDERS.map((each) => `{{${each}}}`).join(', ')}.`
      return { ok: false, from: match.index, to, message }
    }
    text += template.slice(copied, match.index) + value
    copied = to
  }
  return { ok: true, text: text + template.slice(copied) }
}

const isPlaceholder = (name: string): name is Placeholder => (PLACEHOLDERS as readonly string[]).includes(name)

function standsFor(name: Placeholder, { nowMs, uuid, seq, thingName }: TemplateContext): string | undefined {
  switch (name) {
    case 'thingName':
      return thingName
    case 'now':
      return new Date(nowMs).toISOString()
    case 'nowMs':
      return String(nowMs)
    case 'uuid':
      return uuid
    case 'seq':
      return String(seq)
  }
}
