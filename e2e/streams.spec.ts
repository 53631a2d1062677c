import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { connectDevice } from './device.ts'
import { freshName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

test('a stream is made of a file that is there, a device fetches it, and one that is not there is refused', async ({
  page,
}) => {
  const s3 = new S3Client({ ...stack.sdk, forcePathStyle: true })
  const bucket = freshName('e2e-images')
  await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'pump.bin', Body: 'the image' }))
  s3.destroy()
  await using device = await connectDevice(freshName('e2e-ota'))
  const streamId = freshName('e2e-stream')
  const ada = new ConsolePage(page)
  await ada.enter('Ada', '/streams')
  await page.getByRole('link', { name: 'Create stream' }).first().click()
  await page.getByRole('textbox', { name: 'Id', exact: true }).fill(streamId)
  await page.getByRole('textbox', { name: 'Bucket' }).fill(bucket)
  await page.getByRole('textbox', { name: 'Key' }).fill('lamp.bin')
  await page.getByRole('combobox', { name: 'Role' }).fill('arn:aws:iam::123456789012:role/streams')
  await page.getByRole('button', { name: 'Create stream' }).click()
  await expect(page.getByText(`There is no file s3://${bucket}/lamp.bin`).first()).toBeVisible()
  await page.getByRole('textbox', { name: 'Key' }).fill('pump.bin')
  await page.getByRole('button', { name: 'Create stream' }).click()
  await expect(ada.heading(streamId)).toBeVisible()
  await expect(page.getByRole('row', { name: /pump\.bin/ })).toBeVisible()

  const topic = `$aws/things/${device.thingName}/streams/${streamId}`
  await device.client.subscribeAsync(`${topic}/data/json`, { qos: 1 })
  const block = new Promise<string>((resolve) =>
    device.client.once('message', (_, payload) => resolve(String(payload))),
  )
  device.client.publish(`${topic}/get/json`, JSON.stringify({ s: 1, f: 0, l: 256, o: 0, n: 1 }), { qos: 1 })
  const { p } = JSON.parse(await block) as { p: string }
  expect(Buffer.from(p, 'base64').toString()).toBe('the image')
})
