import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { freePort } from '../../scripts/run/free-port.ts'

/** Stores the things without HTTP, which would take minutes, and then serves as the command `moto_server` does. */
const PROGRAM = `
import sys
from moto.iot.models import iot_backends
from moto.server import main
port, count = sys.argv[1], int(sys.argv[2])
backend = iot_backends['123456789012']['us-east-1']
for index in range(count):
    backend.create_thing('pump-%07d' % index, None, {'attributes': {'site': 'hall-%d' % (index % 500), 'serial': str(index)}}, None)
main(['-p', port])
`

/** moto as a process that stores so many things; a sentence where it cannot be. */
export async function startMoto(things: number): Promise<{ port: number; child: ChildProcess } | string> {
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', 'import moto.server']).status === 0)
  if (python === undefined) return 'moto_server is not installed'
  const port = await freePort()
  const child = spawn(python, ['-c', PROGRAM, String(port), String(things)], {
    stdio: 'ignore',
    env: { ...process.env, MOTO_ACCOUNT_ID: '123456789012' },
  })
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt++) {
    const isOpen = await fetch(`http://127.0.0.1:${port}/moto-api/`).then(
      (response) => response.ok,
      () => false,
    )
    if (isOpen) return { port, child }
    await setTimeout(200)
  }
  child.kill()
  return 'moto did not start'
}
