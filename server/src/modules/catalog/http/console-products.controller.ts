import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { EditProduct } from '../application/edit-product.js';
import { KeepCategories } from '../application/keep-categories.js';
import { StorePicture } from '../application/store-picture.js';
import type { CategoryId, ProductId } from '../domain/types.js';

/** Making and editing products, categories and pictures. */
@Controller()
export class ConsoleProductsController {
  constructor(
    @Inject(EditProduct) private readonly products: EditProduct,
    @Inject(KeepCategories) private readonly categories: KeepCategories,
    @Inject(StorePicture) private readonly pictures: StorePicture,
  ) {}

  @Contract(consoleRoutes.product)
  product(@Who() actor: Actor, @Given() input: In<typeof consoleRoutes.product>): Out<typeof consoleRoutes.product> {
    return this.products.show(actor as Desk, input.params.id as ProductId);
  }

  @Contract(consoleRoutes.createProduct)
  create(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.createProduct>,
  ): Out<typeof consoleRoutes.createProduct> {
    return this.products.create(actor as Desk, input.body, input.idempotencyKey ?? '');
  }

  @Contract(consoleRoutes.editProduct)
  edit(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.editProduct>,
  ): Out<typeof consoleRoutes.editProduct> {
    const { version, product } = input.body;
    return this.products.edit(actor as Desk, input.params.id as ProductId, version, product);
  }

  @Contract(consoleRoutes.uploadPicture)
  upload(@Given() input: In<typeof consoleRoutes.uploadPicture>): Out<typeof consoleRoutes.uploadPicture> {
    return this.pictures.run(input.body.base64);
  }

  @Contract(consoleRoutes.categoryList)
  categoryList(@Who() actor: Actor): Out<typeof consoleRoutes.categoryList> {
    return this.categories.list(actor as Desk);
  }

  @Contract(consoleRoutes.createCategory)
  createCategory(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.createCategory>,
  ): Out<typeof consoleRoutes.createCategory> {
    return this.categories.put(actor as Desk, input.body);
  }

  @Contract(consoleRoutes.updateCategory)
  updateCategory(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.updateCategory>,
  ): Out<typeof consoleRoutes.updateCategory> {
    return this.categories.put(actor as Desk, input.body, input.params.id as CategoryId);
  }

  @Contract(consoleRoutes.deleteCategory)
  async deleteCategory(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.deleteCategory>,
  ): Out<typeof consoleRoutes.deleteCategory> {
    await this.categories.remove(actor as Desk, input.params.id as CategoryId);
    return { ok: true };
  }
}
