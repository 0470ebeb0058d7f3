package io.cronlink.database;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

class TestDatabaseExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The store of the outermost test class: nested classes share its database.
        ExtensionContext testClass = context;
        while (testClass.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) {
            testClass = testClass.getParent().orElseThrow();
        }
        Store store = testClass.getStore(Namespace.create(TestDatabaseExtension.class));
        CronlinkDatabase wanted = testClass.getRequiredTestClass().getAnnotation(CronlinkDatabase.class);
        return store.computeIfAbsent(
                TestDatabase.class,
                key -> wanted.onThisMachine() ? TestDatabase.createOnThisMachine() : TestDatabase.create(),
                TestDatabase.class);
    }
}
