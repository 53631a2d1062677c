/**
 * What tests need and bring with them, once and before any of them: a browser, a Redis, the built console. Packages are
 * installed by one at a time, and two builds of the console would write into one folder.
 */
import { ensureBrowser } from './ensure-browser.ts'
import setupRedis from './ensure-redis.ts'
import { buildWebApp } from './web-build.ts'

ensureBrowser()
setupRedis()
try {
  await buildWebApp()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
