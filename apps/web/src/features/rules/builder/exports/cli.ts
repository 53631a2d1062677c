import { shellWord } from '../../../../shared/text/shell-word.ts'
import type { ExportedRule, RuleExport } from './exported-rule.ts'

/** The command that makes a rule, for a POSIX shell. Tags are given when it is made, and not when it is replaced. */
export function asCli({ ruleName, payload, tags, isReplacement }: ExportedRule): RuleExport {
  const given = new URLSearchParams(tags).toString()
  return {
    text: [
      `aws iot ${isReplacement ? 'replace' : 'create'}-topic-rule --rule-name ${shellWord(ruleName)}`,
      `  --topic-rule-payload ${shellWord(JSON.stringify(payload, undefined, 2))}`,
      ...(given === '' || isReplacement ? [] : [`  --tags ${shellWord(given)}`]),
    ].join(' \\\n'),
    lacks: [],
  }
}
