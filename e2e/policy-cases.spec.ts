import { GUIDE_ROWS, guideCaseFile } from '../packages/policies/test/guide/guide-cases.ts'
import { expectAccessible } from './accessible.ts'
import { ConsolePage } from './pages/console-page.ts'
import { expect, test } from './test.ts'

const file = (text: string) => ({ name: 'aws-guide.json', mimeType: 'application/json', buffer: Buffer.from(text) })

test('the cases of the AWS guide are asked of the simulator, and a wrong one is found', async ({ page }) => {
  const vera = new ConsolePage(page)
  await vera.enter('Vera', '/simulator')
  await page.getByRole('link', { name: 'Run a file of cases' }).click()
  const open = (text: string) => page.getByLabel('Open a file of cases').setInputFiles(file(text))
  await open(guideCaseFile())
  await expect(page.getByRole('status').filter({ hasText: 'as expected' })).toHaveText(
    `All ${GUIDE_ROWS.length} cases as expected`,
  )
  await expectAccessible(page)

  const wrong = JSON.parse(guideCaseFile())
  wrong.cases[100].expect = wrong.cases[100].expect === 'ALLOWED' ? 'DENIED' : 'ALLOWED'
  await open(JSON.stringify(wrong))
  await expect(page.getByText(`1 of ${GUIDE_ROWS.length} cases otherwise than expected`)).toBeVisible()
  await page.getByRole('radio', { name: 'Explain case 101' }).check()
  await expect(page.getByRole('region', { name: 'Variables' })).toBeVisible()

  await open('{"cases": [{"check": "iot:Publish a", "expects": "ALLOWED"}]}')
  await expect(page.getByText('cases[0].expects: there is no such member.')).toBeVisible()
})
