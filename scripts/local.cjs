'use strict'
require('./ensure-installed.cjs').run('apps/local/src/main.ts', process.argv.slice(2))
