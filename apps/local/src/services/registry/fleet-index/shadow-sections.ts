import type { ShadowSections, ThingShadows } from '../../../foundation/fleet-sources.ts'

/** The `shadow` member of a search result: text of JSON, the named shadows under `name`. */
export function formatShadows({ classic, named }: ThingShadows): string | undefined {
  if (!classic && named.size === 0) return undefined
  const shown = ({ version, ...sections }: ShadowSections) => ({
    ...sections,
    hasDelta: sections.delta !== undefined,
    version,
  })
  return JSON.stringify({
    ...(classic && shown(classic)),
    ...(named.size > 0 && { name: Object.fromEntries([...named].map(([name, sections]) => [name, shown(sections)])) }),
  })
}
