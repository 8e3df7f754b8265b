import { Module } from '@nestjs/common';
import { OrganizationModule } from '../organization/index.js';
import { BrandDirectory } from './application/directory.js';
import { LogIn } from './application/log-in.js';
import { ConsoleSessionController } from './http/console-session.controller.js';

/** Injection token of the platform's `Directory`. */
export const DIRECTORY = Symbol('directory');

@Module({
  imports: [OrganizationModule],
  controllers: [ConsoleSessionController],
  providers: [LogIn, { provide: DIRECTORY, useClass: BrandDirectory }],
  exports: [DIRECTORY],
})
export class IdentityModule {}
