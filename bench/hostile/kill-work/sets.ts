import { Finding } from '../attack.ts'

/**
 * Compares what is there with what a writer asked for, and with what of that was acknowledged.
 * @throws {Finding} where something acknowledged is missing, or something is there that nobody asked for
 */
export function compareSets(
  name: string,
  found: ReadonlySet<string>,
  { asked, acknowledged }: { readonly asked: ReadonlySet<string>; readonly acknowledged: ReadonlySet<string> },
): void {
  const lost = [...acknowledged.difference(found)]
  const invented = [...found.difference(asked)]
  if (lost.length + invented.length === 0) return
  throw new Finding(
    `${name}: ${lost.length} acknowledged are not there, as ${lost.slice(0, 5)}; ` +
      `${invented.length} are there that nobody asked for, as ${invented.slice(0, 5)}`,
  )
}

/** What a writer asked for, and what of that was acknowledged. */
export class Asked {
  readonly asked = new Set<string>()
  readonly acknowledged = new Set<string>()

  get size(): number {
    return this.acknowledged.size
  }
}
