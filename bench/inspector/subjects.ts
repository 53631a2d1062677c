import type { Subject } from './measure.ts'
import type { Stage } from './stage.ts'

/** A bare page that parses the frames, keeps the payloads and redraws forty rows: the floor of the machine. */
export function control(stage: Stage): Subject {
  return {
    async open(page) {
      await page.goTo(await stage.controlUrl())
      await page.until('typeof socket !== "undefined" && socket.readyState === 1')
    },
  }
}

/**
 * The inspector in its list or tree, subscribed to all of the load; `recording` is the list while it is recorded.
 * `maxMegabytes`: its memory budget, if another.
 */
export function inspector(stage: Stage, view: string, maxMegabytes?: number): Subject {
  const isRecording = view === 'recording'
  const search = new URLSearchParams({ view: isRecording ? 'list' : view })
  for (const level of ['bench', 'bench/hall-0', 'bench/hall-1', 'bench/hall-0/pump-0']) search.append('open', level)
  return {
    // Of the tree only the last values: its cells are looked at with each frame.
    ...(view === 'tree' ? { selectors: { rows: '.td-tree-row > :nth-child(5)', isOfFewTopics: true } } : {}),
    async open(page) {
      if (maxMegabytes !== undefined) {
        await page.goTo(`${stage.consoleUrl}/`)
        await page.until(`location.origin === '${stage.consoleUrl}'`)
        const preferences = JSON.stringify(JSON.stringify({ maxMegabytes }))
        await page.evaluate(`localStorage.setItem('thingdeck.live.list', ${preferences})`)
      }
      await page.goTo(`${stage.consoleUrl}/live?s=0:bench/%23&${search}`)
      await page.until(`[...document.querySelectorAll('.td-chip')].some((chip) => /[0-9]\\/s/.test(chip.textContent))`)
      if (!isRecording) return
      await page.evaluate(`${buttonThat('Record')}.click()`)
      await page.until(buttonThat('Stop recording'))
    },
    ...(isRecording && {
      async finish(page) {
        await page.evaluate(`${buttonThat('Stop recording')}.click()`)
        await page.until(buttonThat('Record'), RECORDING_ENDS_MS)
      },
    }),
  }
}

/** What is left of a recording is compressed and handed out. */
const RECORDING_ENDS_MS = 30_000

/** JavaScript that finds the button whose text begins so. */
const buttonThat = (begins: string) =>
  `[...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim().startsWith('${begins}'))`
