import { saveFile } from '../save-file.ts'
import type { DevicePackage } from './device-package.ts'
import { packageFiles } from './package-files.ts'

/** Has the browser save the archive of a device, which is made here. */
export async function saveDevicePackage(device: DevicePackage): Promise<void> {
  const { zipPackage } = await import('../zip-package.ts')
  const name = `${device.clientId.replace(/[^\w.-]/g, '_')}-${device.certificateId.slice(0, 8)}`
  saveFile(zipPackage(name, packageFiles(device)), `${name}.zip`)
}
