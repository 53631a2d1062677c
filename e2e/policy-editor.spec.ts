import { ConsolePage } from './pages/console-page.ts'
import { expect, test } from './test.ts'

test('a policy is completed while it is written, says what is wrong with it, and is mended by a click', async ({
  page,
}) => {
  const grace = new ConsolePage(page)
  await grace.enter('Grace', '/create-policy')
  const editor = page.getByRole('textbox', { name: 'Document' })
  await editor.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText('{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iot:Subs"')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Control+Space')
  await page.getByRole('option', { name: /^iot:Subscribe/ }).click()
  await page.keyboard.insertText(', "Resource": "arn:aws:iot:us-east-1:123456789012:topic/dt/+/t"}]}')
  await expect(editor).toContainText('"iot:Subscribe", "Resource"')

  const found = page.getByRole('region', { name: 'What was found in the policy' })
  await expect(found.getByText(/iot:Subscribe is about a topic filter/)).toBeVisible()
  await found.getByRole('button', { name: 'Use topicfilter/dt/+/t' }).click()
  await expect(editor).toContainText('topicfilter/dt/+/t')
  await found.getByRole('button', { name: 'Allow iot:Receive on these topics' }).click()
  await expect(editor).toContainText('topic/dt/*/t')
  await expect(found.getByText('1 hint')).toBeVisible() // of the connect that another policy must allow
  await found.getByRole('button', { name: 'Go to line 1, column', exact: false }).focus()
  await page.keyboard.press('Enter')
  await expect(editor).toBeFocused()
})
