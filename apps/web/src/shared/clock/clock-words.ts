import { formatSpan } from '../time.tsx'

/** From here on a person would wonder about the times that are shown. */
const NOTABLE_MS = 60_000

/** That the machine's clock is wrong, as the server has it; undefined while it is about right. */
export function clockInWords(aheadMs: number): string | undefined {
  if (Math.abs(aheadMs) < NOTABLE_MS) return undefined
  const how = aheadMs > 0 ? 'ahead of' : 'behind'
  return `The clock of this computer is ${formatSpan(Math.abs(aheadMs))} ${how} the console server’s. Times here go by the server’s.`
}
