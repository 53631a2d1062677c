import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fakeApi, json } from '../../../test/fake-api.ts'
import { renderPage } from '../../../test/render-page.tsx'
import { setPagePerson } from '../../shared/session/page-person.ts'
import { tourPreference } from '../../shared/tour/tour.ts'
import { SampleTour } from './sample-tour.tsx'

const thingOf = (thingName: string) => ({
  thingName,
  thingArn: `arn:aws:iot:us-east-1:123456789012:thing/${thingName}`,
  attributes: { model: 'PX-9' },
  version: 1,
})

const show = (thingNames: readonly string[]) => {
  localStorage.clear()
  setPagePerson('vera')
  const asked = fakeApi({ '/api/things': () => json({ things: thingNames.map(thingOf) }) })
  renderPage(<SampleTour />)
  return asked
}

test('the tour leads to the pumps that are there, ticks what was done, and is closed for good', async () => {
  show(['pump-4'])
  const tour = await screen.findByRole('heading', { name: /Tour of the sample fleet/ })
  expect(tour.textContent).toContain('0/5')
  expect(screen.getByRole('link', { name: 'Change what a pump should do' }).getAttribute('href')).toMatch(
    /^\/things\/pump-4\/shadow/,
  )
  tourPreference.set({ done: ['shadow'], isClosed: false })
  const [done] = await screen.findAllByLabelText('Done')
  const step = done?.closest('li')
  expect(step && within(step).getByRole('link', { name: 'Change what a pump should do' })).toBeTruthy()
  screen.getByRole('button', { name: 'Close the tour' }).click()
  await expect.poll(() => screen.queryByText('Tour of the sample fleet')).toBeNull()
  expect(tourPreference.get()).toEqual({ done: ['shadow'], isClosed: true })
})

test('where there is no sample fleet there is no tour', async () => {
  const asked = show([])
  await expect.poll(() => asked.length).toBe(1)
  expect(screen.queryByText('Tour of the sample fleet')).toBeNull()
})
