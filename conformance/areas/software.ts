import * as iot from '@aws-sdk/client-iot'
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import type { Area, Check } from '../check.ts'

const packages: Check = {
  id: 'packages',
  does: 'A software package: versions through their states, the default, and deletion in order',
  async run({ iot: client, name, refused }) {
    const packageName = name('firmware')
    const created = await client.send(new iot.CreatePackageCommand({ packageName, description: 'Firmware' }))
    const version = { packageName, versionName: '1.0.0' }
    const made = await client.send(new iot.CreatePackageVersionCommand({ ...version, attributes: { size: '1' } }))
    const draft = await refused(
      client.send(new iot.UpdatePackageCommand({ packageName, defaultVersionName: version.versionName })),
    )
    await client.send(new iot.UpdatePackageVersionCommand({ ...version, action: 'PUBLISH' }))
    const attributes = await refused(
      client.send(new iot.UpdatePackageVersionCommand({ ...version, attributes: { size: '2' } })),
    )
    await client.send(new iot.UpdatePackageCommand({ packageName, defaultVersionName: version.versionName }))
    const found = await client.send(new iot.GetPackageVersionCommand(version))
    const isDefault = await refused(client.send(new iot.DeletePackageVersionCommand(version)))
    const hasVersions = await refused(client.send(new iot.DeletePackageCommand({ packageName })))
    await client.send(new iot.UpdatePackageVersionCommand({ ...version, action: 'DEPRECATE' }))
    const { packageVersionSummaries } = await client.send(new iot.ListPackageVersionsCommand({ packageName }))
    return {
      created: [created.packageArn, created.packageName],
      made: [made.packageVersionArn, made.status],
      found: [found.status, found.attributes],
      ...{ draft, attributes, isDefault, hasVersions },
      states: packageVersionSummaries?.map(({ status }) => status),
      again: await refused(client.send(new iot.CreatePackageCommand({ packageName }))),
    }
  },
}

const streams: Check = {
  id: 'streams',
  does: 'A stream of a file in S3: a device is told of it, and fetches a block',
  async run({ iot: client, s3, name, role, device, refused, until }) {
    const Bucket = name('files')
    await s3.send(new CreateBucketCommand({ Bucket }))
    await s3.send(new PutObjectCommand({ Bucket, Key: `${Bucket}/firmware.bin`, Body: 'firmware of the pump' }))
    const streamId = name('stream')
    const files = [{ fileId: 7, s3Location: { bucket: Bucket, key: `${Bucket}/firmware.bin` } }]
    const roleArn = await role()
    const created = await until('the role may read the file', async () => {
      try {
        return await client.send(new iot.CreateStreamCommand({ streamId, files, roleArn, description: 'Firmware' }))
      } catch (error) {
        if (error instanceof Error && error.name === 'InvalidRequestException') return undefined
        throw error
      }
    })
    const taken = await refused(client.send(new iot.CreateStreamCommand({ streamId, files, roleArn })))
    const thingName = name('pump')
    await client.send(new iot.CreateThingCommand({ thingName }))
    const connected = await device({ clientId: thingName })
    const topic = `$aws/things/${thingName}/streams/${streamId}`
    await connected.subscribe(['description', 'data', 'rejected'].map((tail) => `${topic}/${tail}/json`))
    await connected.publish(`${topic}/describe/json`, { c: 'd' })
    const description = await connected.payload(`${topic}/description/json`)
    await connected.publish(`${topic}/get/json`, { c: 'g', s: 1, f: 7, l: 256, o: 0, n: 1 })
    const block = await connected.payload(`${topic}/data/json`)
    await connected.publish(`${topic}/get/json`, { c: 'n', s: 1, f: 8, l: 256 })
    const noFile = (await connected.payload(`${topic}/rejected/json`)) as Record<string, unknown>
    return {
      created: [created.streamId, created.streamArn, created.streamVersion],
      ...{ taken, description, block, 'a file that is not there': Object.keys(noFile).toSorted() },
    }
  },
}

export const software: Area = { name: 'software', checks: [packages, streams] }
