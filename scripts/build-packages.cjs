'use strict'
require('./ensure-installed.cjs').run('scripts/build-packages.ts', process.argv.slice(2))
