import type { RulePayload } from '@thingdeck/contract'

/** A rule as it is written down for other tools. */
export interface ExportedRule {
  readonly ruleName: string
  readonly payload: RulePayload
  readonly tags: Readonly<Record<string, string>>
  /** Whether there is one of this name already, which it replaces. */
  readonly isReplacement: boolean
}

/** Another way to make the same rule. */
export interface RuleExport {
  readonly text: string
  /** What of the rule the tool has no words for. */
  readonly lacks: readonly string[]
}
