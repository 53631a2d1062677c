import type { ChromiumPage } from '../chromium.ts'
import type { Counters, Subject } from '../measure.ts'
import type { Stage } from '../stage.ts'

/**
 * MQTT Explorer (github.com/thomasnordquist/MQTT-Explorer) in its browser mode, served at `url` without a login. Its
 * server has the MQTT connection and hands each message to the page. The tree is opened down to the topics of one hall.
 * Received is the sum that the tree tells; what can still be opened is the history of one topic, times the topics.
 */
export function mqttExplorer(stage: Stage, url: string, topics: number): Subject {
  return {
    selectors: { rows: '[role=treeitem]', counters: 'body', isOfFewTopics: true },
    settleMs: 30_000,
    async open(page) {
      await page.goTo(url)
      await page.until(`document.querySelector('[data-testid=host-input]')`)
      await page.evaluate(HELPERS)
      await fillIn(page, await stage.brokerUrl())
      await page.evaluate(`button('connect').click()`)
      await page.until(`document.querySelector('[data-test-topic]')`)
      // One message on each topic, so that there is a tree to open.
      await stage.publish({ rate: topics, topics, seconds: 1 })
      for (const level of LEVELS) await setOpen(page, level, true)
    },
    async counters(page) {
      await setOpen(page, 'bench', false) // it tells the sum of what is below only when closed
      await page.until('sum() !== undefined')
      const received = (await page.evaluate<number>('sum()')) - topics
      return { received, kept: Math.min(received, (await historyOfOne(page)) * topics) }
    },
  }
}

/** What is done in the page: its inputs are React's, which looks at the setter of their value. */
const HELPERS = `
  globalThis.set = (input, value) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, value)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }
  globalThis.button = (text) =>
    [...document.querySelectorAll('button')].find((one) => one.textContent.trim().toLowerCase() === text)
  globalThis.labelled = (text) =>
    [...document.querySelectorAll('label')].find((label) => label.textContent.startsWith(text))
      ?.parentElement.querySelector('input')
  globalThis.topicRow = (level) => document.querySelector('[data-test-topic="' + level + '"]')
  globalThis.sum = () => {
    const digits = /([\\d.,]+) messages?\\)/.exec(topicRow('bench')?.parentElement.textContent)?.[1]
    return digits && Number(digits.replace(/\\D/g, ''))
  }
  globalThis.historyRows = () => {
    const head = document.querySelector('[data-testid=message-history]')?.parentElement.parentElement.parentElement
    return head?.parentElement.querySelectorAll('pre').length ?? 0
  }
  // It closes when the topic that was just clicked comes to be selected.
  globalThis.openHistory = () => {
    const badge = document.querySelector('[data-testid=message-history]')
    if (badge?.textContent.startsWith('▶')) badge.click()
    return false
  }`

/** The first profile, made to lead to the broker. \`$SYS/#\`, which it has by default, ends a connection to AWS IoT. */
async function fillIn(page: ChromiumPage, brokerUrl: string): Promise<void> {
  const { hostname, port, pathname, search } = new URL(brokerUrl)
  await page.evaluate(`button('advanced').click()`)
  await page.until(`[...document.querySelectorAll('tr')].some((row) => row.textContent.includes('$SYS/#'))`)
  await page.evaluate(
    `[...document.querySelectorAll('tr')].find((row) => row.textContent.includes('$SYS/#')).querySelector('button').click()`,
  )
  await page.evaluate(`button('back').click()`)
  await page.until(`document.querySelector('[data-testid=host-input]')`)
  const set = (input: string, value: string) => page.evaluate(`set(${input}, ${JSON.stringify(value)})`)
  await set(`[...document.querySelectorAll('.MuiSelect-nativeInput')].find(({ value }) => value === 'mqtt')`, 'ws')
  await page.until(`labelled('Basepath')`)
  await set(`labelled('Basepath')`, `${pathname.slice(1)}${search}`)
  await set(`document.querySelector('[data-testid=host-input]')`, hostname)
  await set(`document.querySelector('[aria-label="MQTT broker port"]')`, port)
}

const LEVELS = ['bench', 'hall-0', 'pump-0']

async function setOpen(page: ChromiumPage, level: string, isOpen: boolean): Promise<void> {
  await page.until(`topicRow('${level}')`)
  const state = `topicRow('${level}').closest('[role=treeitem]').getAttribute('aria-expanded')`
  if ((await page.evaluate<string>(state)) === String(isOpen)) return
  await page.evaluate(`topicRow('${level}').click()`)
  await page.until(`${state} === '${isOpen}'`)
}

/** How many messages of a topic its history shows. */
async function historyOfOne(page: ChromiumPage): Promise<Counters['kept']> {
  for (const level of LEVELS) await setOpen(page, level, true)
  await page.until(`topicRow('telemetry')`)
  await page.evaluate(`topicRow('telemetry').click()`)
  await page.until('historyRows() > 0 || openHistory()')
  return page.evaluate<number>('historyRows()')
}
