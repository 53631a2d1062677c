/**
 * Asks the server of this container whether it is healthy: `node health-check.mjs VARIABLE DEFAULT PATH`. The port is the
 * one that the variable has, as the server's own is. Exit code 0 or 1, as `HEALTHCHECK` wants it.
 */
const [variable, standard, path] = process.argv.slice(2)
const port = process.env[variable] || standard
try {
  const { ok, status } = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(4_000) })
  if (!ok) console.error(`${path} answers ${status}`)
  process.exitCode = ok ? 0 : 1
} catch (error) {
  console.error(`${path} does not answer at port ${port}: ${error.cause?.message ?? error.message}`)
  process.exitCode = 1
}
