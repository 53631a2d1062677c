/** `ALARM("a")`, `OK(arn:…:alarm:a)`: a state that another alarm has to have. */
const STATE_OF = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^)"']*?))\s*\)/g

/**
 * The names of the alarms that the rule of a composite alarm asks, each once.
 * @see CloudWatch API reference, PutCompositeAlarm, AlarmRule
 */
export function alarmsOfRule(rule: string): string[] {
  const names = [...rule.matchAll(STATE_OF)].map(([, double, single, plain]) => {
    const written = (double ?? single ?? plain ?? '').replaceAll(/\\(.)/g, '$1')
    return /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.*)$/.exec(written)?.[1] ?? written
  })
  return [...new Set(names.filter((name) => name !== ''))]
}
