import type { TemplatePart } from './template.ts'

/** `arn:partition:service:region:account:resource`; the resource may have colons of its own. */
export const ARN_COMPONENTS = 6

/** The components of an ARN; fewer than {@link ARN_COMPONENTS} if it is none. */
export function splitArn(arn: string): string[] {
  const components: string[] = []
  let from = 0
  while (components.length < ARN_COMPONENTS - 1) {
    const colon = arn.indexOf(':', from)
    if (colon < 0) break
    components.push(arn.slice(from, colon))
    from = colon + 1
  }
  components.push(arn.slice(from))
  return components
}

/** What is behind the account: `topic/dt/pump-7`; empty where it is no ARN. */
export const resourcePart = (arn: string): string => splitArn(arn)[ARN_COMPONENTS - 1] ?? ''

/** The components of a pattern for ARNs. A colon inside a variable's name, as in `${iot:ClientId}`, parts nothing. */
export function splitArnTemplate(parts: readonly TemplatePart[]): TemplatePart[][] {
  let current: TemplatePart[] = []
  const components = [current]
  for (const part of parts) {
    if (part.kind !== 'text') {
      current.push(part)
      continue
    }
    const [first = '', ...others] = splitAtColons(part.text, ARN_COMPONENTS - components.length)
    current.push({ kind: 'text', text: first })
    for (const text of others) {
      current = [{ kind: 'text', text }]
      components.push(current)
    }
  }
  return components
}

function splitAtColons(text: string, atMost: number): string[] {
  const pieces = text.split(':')
  return pieces.length <= atMost + 1 ? pieces : [...pieces.slice(0, atMost), pieces.slice(atMost).join(':')]
}
