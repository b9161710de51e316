export * from './spending-controls';
export * from './spending-controls-props';
export * from './spending-limit';
export * from './idle-options';
export * from './prices/price-table';
export * from './prices/price-table-props';
