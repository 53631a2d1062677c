import { expect, type Page } from '@playwright/test'
import { LivePage } from './pages/live-page.ts'
import type { PersonName } from './signed-in.ts'
import { stack } from './stack.ts'

/** Opens the live messages of a console with subscriptions that are in force. */
export async function watch(
  page: Page,
  filters: string | readonly string[],
  person: PersonName = 'Ada',
  console: string = stack.console,
) {
  const live = new LivePage(page)
  await live.enter(person, `${console}/live`)
  for (const filter of [filters].flat()) {
    await live.subscribe(filter)
    await expectInForce(live, filter)
  }
  return live
}

/** Until the broker has answered for it: its rate stands behind its QoS. `/s` alone is in `e2e/several/#`, too. */
export async function expectInForce(live: LivePage, filter: string): Promise<void> {
  await expect(live.subscription(filter)).toContainText(/QoS [01]\s*[\d,]+\/s/)
}

/** The sums that hold at any moment: `received = kept + aged out` and `shown = kept − filtered`. */
export async function expectSums(live: LivePage): Promise<Record<string, number>> {
  const counts = await live.counts()
  const { received = Number.NaN, kept = Number.NaN, 'aged out': agedOut = Number.NaN, shown, filtered } = counts
  expect(received).toBe(kept + agedOut)
  if (shown !== undefined) expect(shown).toBe(kept - (filtered ?? Number.NaN))
  return counts
}

/** The figures come to these, which the line shows a moment after the list shows the messages; the sums hold then. */
export async function expectFigures(live: LivePage, figures: Record<string, number>): Promise<void> {
  await expect.poll(() => live.counts()).toMatchObject(figures)
  await expectSums(live)
}
