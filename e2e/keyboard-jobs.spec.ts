import { arrowTo, pressKeys, tabTo } from './keyboard.ts'
import { LivePage } from './pages/live-page.ts'
import { ThingsPage } from './pages/things-page.ts'
import { expect, test } from './test.ts'

// Jobs of an operator by the keyboard alone: nothing here is clicked. A shadow is changed so in keyboard.spec.ts.
test.describe.configure({ timeout: 120_000 })

test('a thing is found, and how it is connected', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.enter('Vera', '/overview')
  await pressKeys(page, 'g t')
  await expect(things.row('pump-1')).toBeVisible()
  await pressKeys(page, '/')
  await page.keyboard.type('pump-1')
  await page.keyboard.press('Enter')
  await expect(things.row('lamp-1')).toBeHidden()
  await arrowTo(page, things.row('pump-1').getByRole('link', { name: 'pump-1', exact: true }))
  await page.keyboard.press('Enter')
  await expect(things.heading('pump-1')).toBeVisible()
  await expect(page.getByText('Connected since')).toBeVisible()

  // What the page is for, and back to where one was.
  await page.keyboard.press('F1')
  const close = page.getByRole('button', { name: 'Close help panel' })
  await expect(close).toBeFocused()
  await expect(page.getByRole('heading', { name: 'A thing' })).toBeVisible()
  await expect(page.getByText('aws iot describe-thing --thing-name pump-1')).toBeVisible()
  await page.keyboard.press('F1')
  await expect(close).toBeHidden()
})

test('live messages are watched, filtered and held', async ({ page }) => {
  const live = new LivePage(page)
  await live.enter('Vera', '/overview')
  await pressKeys(page, 'g l')
  await tabTo(page, live.topicFilter)
  await page.keyboard.type('dt/#')
  await page.keyboard.press('Escape') // what is suggested
  await tabTo(page, live.subscribeButton)
  await page.keyboard.press('Enter')
  await expect(live.messagesOf('pump-1').first()).toBeVisible()

  await pressKeys(page, '/')
  await expect(live.filterField).toBeFocused()
  await page.keyboard.type('topic:dt/pump-1/#')
  await expect(live.messagesOf('lamp-1')).toHaveCount(0)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Escape')
  await pressKeys(page, 'p')
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()
})
